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
GENDERS = ("Male",) * 7 + ("Female",) * 5 + ("Not known",)
ETHNICITIES = (
    *("White British",) * 13,
    *("White other", "Mixed", "Mixed", "Asian or Asian British", "Asian or Asian British"),
    *("Black or Black British", "Other", "Not stated", "Not stated", ""),
)
FIRST_NAMES = (
    *("Ottilie", "Kwabena", "Zofia", "Imran", "Bethan", "Callum", "Priyanka", "Thaddeus"),
    *("Maeve", "Ravinder", "Tobiah", "Ayomide", "Siobhan", "Leszek", "Parminder", "Demelza"),
    *("Cormac", "Nadezhda", "Ezekiel", "Yasmeen", "Gethin", "Oluwaseun", "Marged", "Bartholomew"),
)
SURNAMES = (
    *("Tarrowby", "Osmerley", "Quillfeather", "Penhaldron", "Ashgrovian", "Wexcombely"),
    *("Marrowdale", "Thistlemere", "Oyelowanu", "Brackendine", "Kowalczewska", "Sandringlow"),
    *("Dunnockshaw", "Chowdhurian", "Applegarthen", "Vellacombe", "Rahmandani", "Fennimoreland"),
    *("Hollowbridge", "Mistlethorpe", "Okonjawa", "Larkspurne", "Netherwick", "Gillibrandy"),
    *("Tremaynard", "Swithenbury", "Bhattarayan", "Crowmarshal", "Eddlestane", "Pomfretley"),
)
"""Invented, like everybody here. Exports hold names, which no report may show."""

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
TITLES = {
    "communication": "Communication",
    "staff_behaviour": "Staff behaviour",
    "ehc": "EHC assessments and plans",
    "delay": "Delay",
    "accuracy": "Accuracy of records",
    "decisions": "Decisions and thresholds",
    "support": "Support and provision",
    "placement_contact": "Placement and family time",
    "money": "Money",
    "privacy": "Privacy and data",
    "complaint_handling": "Complaint handling",
}
"""The boxes on the monitoring form."""

NONE = ("None identified", "No learning identified", "None", "N/A")
LESSONS = {
    "communication": (
        "I had not realised how long five weeks is when nobody rings. We now give cover by name.",
        "Absent parents are too easily left off letters; our template now asks for both.",
        "Duty kept messages on paper. They go on the case system from now on.",
        "We agreed what to say at closure, and that it is said in person.",
        "A short text on a Friday would have prevented this complaint.",
    ),
    "staff_behaviour": (
        "Talked through with the worker, who had not heard how the remark sounded.",
        "Missed visits were hidden by a diary that nobody else could see.",
        "The family met four workers in a year because cover was arranged week by week.",
        "We practised difficult phone calls in a team meeting.",
    ),
    "ehc": (
        "Advice was asked for late, and everything after it was late.",
        "The plan could not be carried out because nobody had asked the school if it could.",
        "The annual review had no owner once the meeting was over.",
        "Wording from the report should have gone into Section F as it stood.",
        "We need to tell commissioners in the week that a therapist leaves.",
        "Panel papers must say what has changed since the last refusal.",
        "Transport was planned after the placement instead of with it.",
    ),
    "delay": (
        "The list was long, and it was nobody's task to tell the people on it.",
        "A vacancy was treated as a reason to wait.",
        "Panel should be told how many times a case has been put off.",
    ),
    "accuracy": (
        "The error was in an old document and was copied without a check.",
        "The father was known, and was not asked.",
        "We agreed to send drafts five days before a meeting.",
    ),
    "decisions": (
        "The decision was right and the explanation of it was not.",
        "Three referrals should have been seen as one story.",
    ),
    "support": (
        "Agreed is not the same as started: we now ask for the start date.",
        "Young people need the keys, the cooker and the bed on the same day.",
        "Equipment orders need somebody who follows them.",
    ),
    "placement_contact": (
        "Cancelling on the day hurts a child; we booked a reserve supervisor.",
        "Sibling time was in the plan without a date or a name.",
        "Carers should hear of a move before the child's bags are packed.",
    ),
    "money": (
        "The form went to a mailbox that closed in the spring.",
        "Nobody could say who signs off backdated payments.",
    ),
    "privacy": (
        "The old address was on a template. Templates no longer hold addresses.",
        "Staff did not know that the file could be seen by the other parent.",
    ),
    "complaint_handling": (
        "Promises made in a response need to be somebody's job.",
        "We should have asked for the extension before the date passed.",
    ),
    "other": ("We should have rung to ask what was wrong.",),
}
