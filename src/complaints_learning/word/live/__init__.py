"""Live figures in an edited Word report: found again, compared with fresh findings.

`found` looks through the XML, `known` says what the data says now; `differences` with `tables`,
`typed` and `fitting` says what differs. Nothing here opens, saves or changes a file.
"""
