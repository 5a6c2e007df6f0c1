"""The questions of the rules as a person would write them: one bare statement per rule.

Of one nomination or of a whole round alike; each asks only for rows that its rule would tell of,
so none carries what another needs. The scene holds persons whose units were never reorganised.
"""

CENTRAL = "(SELECT a.form_id FROM awards_authority a WHERE a.office = 'central')"
HONOURS = """JOIN awards_honour h ON h.name_key = n.name_key AND h.recipient = n.recipient
    AND h.revoked_on IS NULL"""
THEIRS = f"{HONOURS} AND h.unit_id = n.unit_id"
WITHIN = "h.period_from <= 2023 AND h.period_to >= 2023"
TOLD = "n.id, h.id, h.number, h.decided_on, h.period_from, h.period_to, h.award_type, h.form_id"
NEWEST = """h.decided_on = (SELECT MAX(l.decided_on) FROM awards_honour l
    WHERE l.name_key = n.name_key AND l.unit_id = n.unit_id AND l.award_type = n.award_type
    AND l.revoked_on IS NULL)"""
RIVALS = """JOIN awards_nomination o ON o.person_id = n.person_id AND o.id <> n.id
    AND o.state NOT IN ('draft', 'withdrawn', 'refused', 'revoked')
    AND o.period_from <= n.period_to AND n.period_from <= o.period_to"""
LISTED = "JOIN awards_postednomination p ON p.nomination_id = n.id"
OF_LAW = "t.rule_set_id = n.rule_set_id"

RULES = {
    "the dossier": ("n.id, n.period_from, n.period_to, n.rule_set_id", ""),
    "same": (TOLD, f"{THEIRS} AND {WITHIN} AND h.award_type = n.award_type"),
    "elsewhere": ("n.id, o.id, o.offer_id", f"{RIVALS} AND o.award_type = n.award_type"),
    "next period": (TOLD, f"{THEIRS} AND h.award_type = n.award_type AND {NEWEST}"),
    "merit": (TOLD, f"{THEIRS} AND {WITHIN} AND n.award_type = 'merit'"),
    "state once": (TOLD, f"{THEIRS} AND h.form_id IN {CENTRAL} AND h.decided_on >= '2023-01-01'"),
    "two orders": (TOLD, f"{THEIRS} AND {WITHIN} AND h.form_id IN {CENTRAL}"),
    "two orders on the way": ("n.id, o.id", RIVALS),
    "namesakes": ("n.id, h.id", f"""{HONOURS} AND h.unit_id <> n.unit_id
        JOIN units_unit hu ON hu.id = h.unit_id JOIN units_unit nu ON nu.id = n.unit_id
        AND hu.parent_id = nu.parent_id"""),
    "holds": ("n.id, s.kind, s.lifts_on", "JOIN awards_hold s ON s.nomination_id = n.id"),
    "women": ("n.id", "JOIN units_person w ON w.id = n.person_id AND w.sex = 'female'"),
    "ended": ("n.id, u.name, u.valid_to", "JOIN units_unit u ON u.id = n.unit_id"
              " AND u.valid_to IS NOT NULL"),
    "heirs": ("n.id, l.successor_id", "JOIN units_succession l ON l.predecessor_id = n.unit_id"),
    "opinions": ("n.id, c.body, c.outcome",
                 "JOIN awards_consultation c ON c.nomination_id = n.id"),
    "posted": ("n.id, g.closes", f"{LISTED} JOIN awards_posting g ON g.id = p.posting_id"),
    "objections": ("n.id, b.id", f"{LISTED} JOIN awards_objection b ON b.line_id = p.id"
                   " AND b.handled_at IS NULL"),
    "alike": ("n.id, k.other_id, k.percent",
              "JOIN awards_reportlikeness k ON k.nomination_id = n.id"),
    "papers": ("n.id, f.document", "JOIN awards_dossierfile f ON f.nomination_id = n.id"
               " AND f.removed_at IS NULL"),
}  # fmt: skip
BY_FORM = {
    "principles": ("t.point, t.clause", f"JOIN awards_principle t ON {OF_LAW}"),
    "timings": ("t.consults, t.posts, t.posting_days", f"JOIN awards_timing t ON {OF_LAW}"),
    "documents": ("t.document, t.required", f"JOIN awards_dossieritem t ON {OF_LAW}"),
    "deciders": ("t.office, t.valid_from", "JOIN awards_authority t ON t.form_id = r.form_id"),
}


def statements(where: str, key: int) -> list[tuple[str, tuple]]:
    """One for each rule; the tables of the law once for each form and not for each dossier."""
    ours = "FROM awards_nomination n"
    asked = [f"SELECT {told} {ours} {join} WHERE {where}" for told, join in RULES.values()]
    asked += [
        f"SELECT DISTINCT {told} {ours} JOIN awards_roundform r ON r.id = n.offer_id {join}"
        f" WHERE {where}"
        for told, join in BY_FORM.values()
    ]
    return [(sql, (key,)) for sql in asked]
