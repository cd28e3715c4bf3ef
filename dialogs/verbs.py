"""Every kind's verbs and views: importing this module registers them all."""

from __future__ import annotations

import dialogs.actions
import dialogs.admission
import dialogs.afterwards
import dialogs.calling
import dialogs.chairing
import dialogs.closing
import dialogs.decision
import dialogs.distributing
import dialogs.drafting
import dialogs.earlier
import dialogs.follow_up
import dialogs.handover
import dialogs.invitations
import dialogs.inviting
import dialogs.marking
import dialogs.minutes
import dialogs.minuting
import dialogs.moves
import dialogs.questions
import dialogs.reconvening
import dialogs.record
import dialogs.roll_call
import dialogs.safeguards
import dialogs.shutting
import dialogs.statement
import dialogs.turns
import dialogs.views  # noqa: F401  (importing them is what registers them)
