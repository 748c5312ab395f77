"""Live figures in an edited Word report: found again, compared with fresh findings.

`contents` is what the XML shows, `expected` what the data says now; `differences` with `tables`,
`typed` and `fitting` says what differs. Nothing here opens, saves or changes a file.
"""
