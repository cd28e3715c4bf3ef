"""Slips of the pen: each turns a sound procedure into a faulty one."""

from typing import NamedTuple


class Slip(NamedTuple):
    """A passage of a shipped file, what takes its place, and what the check must say about it."""

    procedure: str
    old: str
    new: str
    key: str
    on_line: str  # what begins on the line of the fault
    words: tuple[str, ...]


SLIPS = {
    "unknown key": Slip(
        procedure="san",
        old="    confirm_each: true\n",
        new="    confirm_eech: true\n",
        key="agenda[2].confirm_eech",
        on_line="confirm_eech",
        words=("unknown key 'confirm_eech'", "Did you mean 'confirm_each'?"),
    ),
    "unknown kind": Slip(
        procedure="san",
        old="  - id: SHARE\n    kind: turns\n",
        new="  - id: SHARE\n    kind: turn\n",
        key="agenda[8]",
        on_line="- id: SHARE",
        words=("unknown kind 'turn'", "Did you mean 'turns'?"),
    ),
    "unknown flag": Slip(
        procedure="san",
        old="when: police_investigation or medical\n",
        new="when: police_investigations or medical\n",
        key="agenda[14].checkpoints[4].when",
        on_line="police_investigations",
        words=("'police_investigations' is no flag", "Did you mean 'police_investigation'?"),
    ),
    "unknown field in a condition": Slip(
        procedure="san",
        old="when: spoken=yes",
        new="when: spokn=yes",
        key="agenda[7].rows[1].fields[1].when",
        on_line="spokn=yes",
        words=("'spokn' is no field beside this one", "Did you mean 'spoken'?"),
    ),
    "unknown answer in a condition": Slip(
        procedure="san",
        old="when: responsible=another authority",
        new="when: responsible=other authority",
        key="agenda[13].fields[1].when",
        on_line="responsible=other authority",
        words=("'other authority' is no answer of 'responsible'", "Did you mean 'another authority'?"),
    ),
    "unreadable condition": Slip(
        procedure="san",
        old="- {when: s47 or order, gate: hard}",
        new="- {when: (s47 or order), gate: hard}",
        key="agenda[15].required_actions[1].gate_when[0].when",
        on_line="(s47 or order)",
        words=("the condition cannot be read",),
    ),
    "content before the right meeting": Slip(
        procedure="wmt",
        old="  - id: IDENTITY\n    kind: record\n",
        new=(
            "  - id: HISTORY0\n"
            "    kind: record\n"
            "    label: History\n"
            "    fields:\n"
            "      - {key: past, label: Past}\n"
            "\n"
            "  - id: IDENTITY\n"
            "    kind: record\n"
        ),
        key="agenda[0]",
        on_line="- id: HISTORY0",
        words=("HISTORY0 would show content before the right-meeting confirmation", "Move it after IDENTITY."),
    ),
    "gate acts earlier": Slip(
        procedure="sty",
        old="        gate_at: DECISION\n        src: STY-4.1b\n",
        new="        gate_at: SHARE\n        src: STY-4.1b\n",
        key="agenda[7].checkpoints[0].gate_at",
        on_line="gate_at: SHARE",
        words=("would act at SHARE, which is not later",),
    ),
    "gate at no step": Slip(
        procedure="sty",
        old="        gate_at: DECISION\n        src: STY-4.1b\n",
        new="        gate_at: DECISON\n        src: STY-4.1b\n",
        key="agenda[7].checkpoints[0].gate_at",
        on_line="gate_at: DECISON",
        words=("'DECISON' is no step of this agenda", "Did you mean 'DECISION'?"),
    ),
    "one-sided exclusion": Slip(
        procedure="san",
        old="        excludes: [s47, advice]\n",
        new="        excludes: [advice]\n",
        key="agenda[12].outcomes[1].excludes[0]",
        on_line="excludes: [s17, advice]",
        words=("s47 excludes s17, but not the other way round",),
    ),
    "excludes nothing known": Slip(
        procedure="san",
        old="        excludes: [s47, advice]\n",
        new="        excludes: [s47, advise]\n",
        key="agenda[12].outcomes[0].excludes[1]",
        on_line="excludes: [s47, advise]",
        words=("'advise' is no outcome of this step", "Did you mean 'advice'?"),
    ),
    "negative limit": Slip(
        procedure="sty",
        old="    limit: 45\n",
        new="    limit: -45\n",
        key="clocks[0].limit",
        on_line="limit: -45",
        words=("-45", "greater than or equal to 0"),
    ),
    "limit of no days": Slip(
        procedure="sty",
        old="    limit: 45\n",
        new="    limit: 0\n",
        key="clocks[0].limit",
        on_line="limit: 0",
        words=("a limit of no days",),
    ),
    "more hours than a year": Slip(
        procedure="san",
        old="    from_event: concern_received\n    until: meeting_started\n    limit: 24\n",
        new="    from_event: concern_received\n    until: meeting_started\n    limit: 24000\n",
        key="clocks[0].limit",
        on_line="limit: 24000",
        words=("24000 hours are more than a year",),
    ),
    "unknown unit": Slip(
        procedure="sty",
        old="    limit: 45\n    unit: working_days\n",
        new="    limit: 45\n    unit: workdays\n",
        key="clocks[0].unit",
        on_line="unit: workdays",
        words=("'workdays' is not known here", "Did you mean 'working_days'?"),
    ),
    "unknown event": Slip(
        procedure="sty",
        old="    from_event: referral_received\n",
        new="    from_event: referral_recieved\n",
        key="clocks[0].from_event",
        on_line="referral_recieved",
        words=("is no event that starts a clock", "Did you mean 'referral_received'?"),
    ),
    "two steps of one id": Slip(
        procedure="lcs",
        old="  - id: AOB\n",
        new="  - id: RECORDING\n",
        key="agenda[11].id",
        on_line="- id: RECORDING\n    kind: statement\n    label: Any",
        words=("the step 'RECORDING' is there twice",),
    ),
    "two parts of one id": Slip(
        procedure="san",
        old="      - id: interpreter\n",
        new="      - id: ethnicity\n",
        key="agenda[14].checkpoints[6].id",
        on_line="- id: ethnicity\n        question: Is an",
        words=("the part 'ethnicity' is there twice",),
    ),
    "two fields of one key": Slip(
        procedure="wok",
        old="{key: strengths, label: Strengths/existing safety, allow_unknown: true, src: WOK-4.2b}",
        new="{key: concerns, label: Strengths/existing safety, allow_unknown: true, src: WOK-4.2b}",
        key="agenda[4].prompts[0].fields[2].key",
        on_line="{key: concerns, label: Strengths",
        words=("the field 'concerns' is there twice",),
    ),
    "two outcomes of one id": Slip(
        procedure="san",
        old="      - id: legal_advice\n",
        new="      - id: lado\n",
        key="agenda[12].outcomes[5].id",
        on_line="- id: lado\n        label: Legal",
        words=("the outcome 'lado' is there twice",),
    ),
    "two clocks of one id": Slip(
        procedure="san",
        old="  - id: hold_immediate\n",
        new="  - id: hold\n",
        key="clocks[1].id",
        on_line="- id: hold\n    what: Meeting held after",
        words=("the id 'hold' is there twice",),
    ),
    "no such clock": Slip(
        procedure="san",
        old="clock: lado_referral}",
        new="clock: lado}",
        key="agenda[12].outcomes[3].creates_action.clock",
        on_line="clock: lado}",
        words=("'lado' is no clock", "Did you mean 'lado_referral'?"),
    ),
    "no such field to fill from": Slip(
        procedure="wmt",
        old="place: IDENTITY.usual_address",
        new="place: IDENTITY.usual_adress",
        key="agenda[9].required_actions[2].prefill.place",
        on_line="IDENTITY.usual_adress",
        words=("'usual_adress' is no field of IDENTITY", "Did you mean 'usual_address'?"),
    ),
    "no such step to check again": Slip(
        procedure="san",
        old="      recheck_before: [VIEWS, DECISION]\n",
        new="      recheck_before: [VIEW, DECISION]\n",
        key="agenda[1].quorum.recheck_before[0]",
        on_line="recheck_before: [VIEW, DECISION]",
        words=("'VIEW' is no step of this agenda", "Did you mean 'VIEWS'?"),
    ),
    "a flag's place": Slip(
        procedure="san",
        old="\nclocks:\n",
        new=(
            "\n"
            "flags:\n"
            "  - {flag: voice, scope: child, means: heard, set_by: [REASON.child_views.spoken = yes]}\n"
            "\n"
            "clocks:\n"
        ),
        key="flags[0].set_by[0]",
        on_line="flag: voice",
        words=("'child_views' is no part of REASON", "Did you mean 'child_view'?"),
    ),
    "a flag's question": Slip(
        procedure="san",
        old="\nclocks:\n",
        new=(
            "\n"
            "flags:\n"
            "  - {flag: voice, scope: child, means: heard, set_by: [REASON.child_view.spokn = yes]}\n"
            "\n"
            "clocks:\n"
        ),
        key="flags[0].set_by[0]",
        on_line="flag: voice",
        words=("'spokn' is no question of REASON.child_view", "Did you mean 'spoken'?"),
    ),
    "a flag's answer": Slip(
        procedure="san",
        old="\nclocks:\n",
        new=(
            "\n"
            "flags:\n"
            "  - {flag: joint, scope: child, means: joint, set_by: [DECISION.s47.joint_single = jointly]}\n"
            "\n"
            "clocks:\n"
        ),
        key="flags[0].set_by[0]",
        on_line="flag: joint",
        words=("'jointly' is no answer of DECISION.s47.joint_single", "Did you mean 'joint'?"),
    ),
    "leads of nothing joint": Slip(
        procedure="sty",
        old="{key: joint_single, label",
        new="{key: how, label",
        key="agenda[9].leads_when_joint",
        on_line="leads_when_joint",
        words=("nobody would be asked for its leads", "set_by: [DECISION.outcome.need = choice]"),
    ),
    "an unknown zone": Slip(
        procedure="san",
        old="\nclocks:\n",
        new="\nworking_days: {zone: Europe/Londn}\n\nclocks:\n",
        key="working_days.zone",
        on_line="zone: Europe/Londn",
        words=("'Europe/Londn' is no time zone", "Write Europe/London."),
    ),
    "an unknown tag": Slip(
        procedure="wok",
        old="tags: [child, context]",
        new="tags: [child, contxt]",
        key="agenda[9].tags[1]",
        on_line="tags:",
        words=("'contxt' is no subject type", "Did you mean 'context'?"),
    ),
    "seven inputs on a page": Slip(
        procedure="san",
        old="      - {key: relationship, label: Relationship to the child, src: SAN-4.1d}\n",
        new=(
            "      - {key: relationship, label: Relationship to the child, src: SAN-4.1d}\n"
            "      - {key: badge, label: Badge}\n"
        ),
        key="agenda[1].fields[6]",
        on_line="key: must_leave_at",
        words=("page 1 of this form has 7 inputs; a card holds 6", "page: 2"),
    ),
    "nothing to choose from": Slip(
        procedure="san",
        old="      - {key: withhold",
        new="      - {key: nothing, label: Pick, type: choice}\n          - {key: withhold",
        key="agenda[14].checkpoints[0].fields[1]",
        on_line="key: nothing",
        words=("a choice with nothing to choose from",),
    ),
    "syntax": Slip(
        procedure="san",
        old="issuer: Sandwell Children's Trust\n",
        new="issuer: [Sandwell\n",
        key="",
        on_line="published: 2025-02",
        words=("YAML:",),
    ),
    "a tab": Slip(
        procedure="sty",
        old="    limit: 45\n",
        new="\tlimit: 45\n",
        key="",
        on_line="limit: 45",
        words=("a tab stands here", "Indent with blanks."),
    ),
    "number and unit together": Slip(
        procedure="sty",
        old="    limit: 45\n    unit: working_days\n",
        new="    limit: 45 days\n",
        key="clocks[0].limit",
        on_line="limit: 45 days",
        words=("a whole number is expected, not '45 days'", "Write the number alone; its unit has a key of its own."),
    ),
    "an agency in two words": Slip(
        procedure="wmt",
        old="    order: [referrer, police, health",
        new="    order: [referrer person, police, health",
        key="agenda[4].order[0]",
        on_line="order: [referrer person",
        words=("'referrer person' is no key", "Write it as referrer_person."),
    ),
    "missing unit": Slip(
        procedure="sty",
        old="    limit: 45\n    unit: working_days\n",
        new="    limit: 45\n",
        key="clocks[0].unit",
        on_line="- id: assessment",
        words=("the key 'unit' is missing", "Add it; it can be: calendar_days, hours, working_days."),
    ),
    "text where a number belongs": Slip(
        procedure="sty",
        old="    limit: 45\n",
        new="    limit: forty-five\n",
        key="clocks[0].limit",
        on_line="limit: forty-five",
        words=("a whole number is expected, not 'forty-five'",),
    ),
    "number where a text belongs": Slip(
        procedure="wok",
        old='version: "1.0"\n',
        new="version: 1.0\n",
        key="version",
        on_line="version: 1.0",
        words=("a text is expected, not '1.0'", "Put it in quotes."),
    ),
    "missing key": Slip(
        procedure="wok",
        old="title: Guidance on strategy meeting agendas\n",
        new="",
        key="title",
        on_line="id: wok",
        words=("the key 'title' is missing",),
    ),
    "missing key of a field": Slip(
        procedure="san",
        old="{key: early_help, label: Early Help involvement,",
        new="{key: early_help,",
        key="agenda[6].fields[0].label",
        on_line="{key: early_help,",
        words=("the key 'label' is missing",),
    ),
    "empty label": Slip(
        procedure="san",
        old="label: Family health,",
        new='label: " ",',
        key="agenda[8].prompts[2].fields[0].label",
        on_line='label: " ",',
        words=("the text is empty",),
    ),
    "empty value": Slip(
        procedure="san",
        old="issuer: Sandwell Children's Trust\n",
        new="issuer:\n",
        key="issuer",
        on_line="issuer:",
        words=("the value is empty",),
    ),
    "no ledger ID": Slip(
        procedure="san",
        old="src: SAN-10.2\n",
        new="src: section 10\n",
        key="language.src[0]",
        on_line="src: section 10",
        words=("'section 10' is no ID of a statement",),
    ),
    "given twice": Slip(
        procedure="san",
        old="issuer: Sandwell Children's Trust\n",
        new="issuer: Sandwell Children's Trust\nissuer: Another\n",
        key="issuer",
        on_line="issuer: Another",
        words=("'issuer' is given twice",),
    ),
    "alias": Slip(
        procedure="san",
        old="purpose_src: [SAN-8.2, SAN-8.3]\n",
        new="purpose_src: &both [SAN-8.2, SAN-8.3]\nreview_src: *both\n",
        key="review_src",
        on_line="review_src: *both",
        words=("an alias",),
    ),
    "hard checkpoint that cannot wait": Slip(
        procedure="san",
        old="        answer: yes_no_later #",
        new="        answer: yes_no #",
        key="agenda[14].checkpoints[3].answer",
        on_line="answer: yes_no #",
        words=("a hard gate without a way on", "yes_no_later"),
    ),
    "hard action without another way": Slip(
        procedure="lcs",
        old="        or_rationale: true\n",
        new="",
        key="agenda[9].required_actions[0].gate",
        on_line="gate: hard\n        src: LCS-5.9",
        words=("a hard gate without a way on", "or_rationale: true"),
    ),
    "hard quorum without conversion": Slip(
        procedure="san",
        old="      if_missing: convert #",
        new="      if_missing: override #",
        key="agenda[1].quorum.gate",
        on_line="gate: hard\n      recheck_before",
        words=("a hard gate without a way on", "if_missing: convert"),
    ),
    "hard date": Slip(
        procedure="sty",
        old="      - {key: cause, label: Reasonable cause, src: STY-1.1a}\n",
        new="      - {key: since, label: Since, type: date, gate: hard}\n",
        key="agenda[3].fields[0]",
        on_line="key: since",
        words=("a hard gate without a way on", "allow_unknown: true"),
    ),
    "right meeting may be skipped": Slip(
        procedure="wok",
        old="steps_may_vary: {gate: override, fixed: [IDENTITY], src: WOK-0.3}",
        new="steps_may_vary: {gate: override, src: WOK-0.3}",
        key="steps_may_vary",
        on_line="steps_may_vary:",
        words=("IDENTITY could be skipped", "Add IDENTITY to fixed."),
    ),
    "a question about an absence that nothing keeps": Slip(
        procedure="lcs",
        old="      - {key: reason, label: Reason, allow_unknown: true, src: LCS-4.4b}",
        new="      - {key: excuse, label: Reason, allow_unknown: true, src: LCS-4.4b}",
        key="agenda[2].apologies[1].key",
        on_line="key: excuse",
        words=("nothing keeps 'excuse' of an absence", "reason"),
    ),
    "a condition that its own step answers": Slip(
        procedure="san",
        old="  - id: SCOPE\n",
        new="  - id: SCOPE\n    when: not harm_outside_home\n",
        key="agenda[5].when",
        on_line="when: not harm_outside_home",
        words=("'harm_outside_home' is known only once SCOPE has been answered", "Move this step after that one"),
    ),
    "unknown placeholder": Slip(
        procedure="wok",
        old="{note_taker}",
        new="{notetaker}",
        key="agenda[1].lines[1].text",
        on_line="{notetaker}",
        words=("'notetaker' is no clock", "Did you mean 'note_taker'?"),
    ),
    "anchor off the scale": Slip(
        procedure="wok",
        old="          - value: 10\n",
        new="          - value: 11\n",
        key="agenda[7].instruments[1].anchors[1].value",
        on_line="- value: 11",
        words=("11 is not on the scale from 0 to 10",),
    ),
    "action without owner": Slip(
        procedure="wok",
        old="      - {key: owner, label: Who is responsible",
        new="      - {key: holder, label: Who is responsible",
        key="agenda[9].fields",
        on_line="fields:\n      - {key: what, label: What, src: WOK-6.4}",
        words=("an action is not asked for 'owner'",),
    ),
    "misspelt agency in the order": Slip(
        procedure="wmt",
        old="    order: [referrer, police, health, education, other, social_care]\n",
        new="    order: [referrer, police, health, educaton, other, social_care]\n",
        key="agenda[4].order[3]",
        on_line="order: [referrer, police, health, educaton",
        words=("'educaton' is an agency that nothing else here names", "Did you mean 'education'?"),
    ),
    "asked of each child, and of nobody": Slip(
        procedure="sty",
        old="convening:\n  guidance:",
        new="convening:\n  per_child: [case_status, reason]\n  guidance:",
        key="convening.per_child[1]",
        on_line="per_child:",
        words=("'reason' is no field asked at convening",),
    ),
    "bad month": Slip(
        procedure="wok",
        old="published: 2023-09\n",
        new="published: September 2023\n",
        key="published",
        on_line="published:",
        words=("is no month", "like 2025-02"),
    ),
}
