"""What officers type in the register's short columns, by what a complaint is about."""

from __future__ import annotations

CATEGORIES = {
    "communication": ("Lack of communication", "Quality of service"),
    "staff_behaviour": ("Staff conduct", "Staff conduct", "Quality of service"),
    "ehc": ("SEND", "SEND", "SEND", "Delay", "Quality of service"),
    "delay": ("Delay",),
    "accuracy": ("Inaccurate information", "Quality of service"),
    "decisions": ("Disagree with decision",),
    "support": ("Quality of service", "Lack of service"),
    "placement_contact": ("Family time", "Quality of service"),
    "money": ("Finance",),
    "privacy": ("Data protection",),
    "complaint_handling": ("Complaint process", "Delay"),
    "other": ("Other",),
    "": ("Other",),
}
"""The council's own classification: one word a complaint, and not always the right one."""

LEARNING = {
    "communication": (
        "Families must be told in writing when a worker changes and who covers.",
        "Both parents to be on the distribution list unless there is a recorded reason.",
        "Messages left with duty need an owner and a date.",
    ),
    "staff_behaviour": (
        "Reflective discussion held on how families experience a first visit.",
        "Visits cancelled at short notice are to be rebooked in the same call.",
        "A good handover between workers needs the family in the room.",
    ),
    "ehc": (
        "Advice is to be requested in the week of the decision to assess.",
        "Provision in Section F must say how much, how often and by whom.",
        "Annual review paperwork needs a tracked date from meeting to decision.",
        "Named settings are to be checked against consultation replies before issue.",
    ),
    "delay": (
        "Waiting lists are to be reviewed fortnightly and families told where they are.",
        "Allocation cannot wait for a vacancy to be filled.",
    ),
    "accuracy": (
        "Assessments are to be read through with the family before sign-off.",
        "Text copied forward must be reread against the file.",
    ),
    "decisions": (
        "Reasons for a threshold decision are to be written so that a parent can follow them.",
        "Earlier referrals are to be read together, not one by one.",
    ),
    "support": (
        "An agreed service is not done until it has started.",
        "Interpreters are to be booked when the visit is.",
    ),
    "placement_contact": (
        "Cancelled family time is to be made up within the month.",
        "Sibling time needs a named person to arrange it.",
    ),
    "money": (
        "Payments agreed by a manager are to be sent to finance the same week.",
        "Allowance letters must show how the sum was reached.",
    ),
    "privacy": (
        "Addresses are to be checked against the case system on the day of posting.",
        "Group emails to families go as blind copies only.",
    ),
    "complaint_handling": (
        "Actions promised in a response are to be tracked to completion.",
        "Extensions have to be agreed before the date and not after it.",
    ),
}
ACTIONS = (
    "Team meeting discussion",
    "Guidance reissued to team",
    "Raised in supervision",
    "Process changed",
    "Added to service action plan",
)
REMEDIES = ("Apology", "Apology", "Apology", "Apology; corrective action", "Corrective action")
PAYMENTS = (50, 75, 100, 100, 150, 150, 200, 250, 300, 350, 400, 500, 650, 900, 1200, 2400)
OMBUDSMAN = (
    "Upheld: fault and injustice",
    "Upheld: fault, no injustice",
    "Not upheld: no fault",
    "Closed after initial enquiries",
    "Upheld: satisfactory remedy before our involvement",
)
AGES = ("0 to 4", "5 to 10", "5 to 10", "11 to 15", "11 to 15", "11 to 15", "16 to 17", "18 to 25")
GENDERS = ("Male", "Male", "Male", "Female", "Female", "Not known")
ETHNICITIES = (
    *("White British",) * 13,
    *("White other", "Mixed", "Mixed", "Asian or Asian British", "Asian or Asian British"),
    *("Black or Black British", "Other", "Not stated", "Not stated", ""),
)
TEAMS = {
    "Assessment": ("North", "South", "Duty"),
    "Family Safeguarding": ("Team 1", "Team 2", "Team 3"),
    "Children in Care": ("CIC East", "CIC West"),
    "Care Experienced Young People": ("18 plus", "16 plus"),
    "Fostering and Kinship": ("Recruitment", "Supervising", "Kinship"),
    "SEND and EHC": ("Casework A", "Casework B", "Annual reviews", "Transport"),
    "Early Help": ("Hub 1", "Hub 2"),
    "Children with Disabilities": ("CWD",),
    "Independent Review": ("Conference chairs",),
    "Front Door": ("Screening", "Out of hours"),
}
