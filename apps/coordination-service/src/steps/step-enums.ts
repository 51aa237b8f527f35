import { conversationSides, organisationKinds } from '@spil/domain';
import { enumOf } from '../api/enums.js';

export const AskedKindEnum = enumOf(
  [...organisationKinds, 'UNKNOWN'],
  'AskedKind',
  'Which kind of organisation was asked or reached; UNKNOWN is a value of imported facts (R footnote 7).',
);
export const ContactInitiatorEnum = enumOf(
  [...conversationSides, 'UNKNOWN'],
  'ContactInitiator',
  'Who started a contact; DRS did not record it (R 2.2).',
);
export const WarmthEnum = enumOf(
  ['COLD', 'WARM'],
  'Warmth',
  'Warm: from person to person, with the dossier (R footnote 10).',
);
export const TransferReasonEnum = enumOf(
  ['AGREED', 'ABSENT', 'LEFT'],
  'TransferReason',
  'Why the coordinating role passes on.',
);
export const EscalationTargetEnum = enumOf(
  ['NEXT_ON_ROSTER', 'HELPLINE'],
  'EscalationTarget',
  'Where an unanswered piket request goes (P 7).',
);
export const EscalationReasonEnum = enumOf(
  ['ATTEMPTS', 'WAITING', 'JUDGEMENT'],
  'EscalationReason',
  'Why a piket request escalates.',
);
export const ReopeningReasonEnum = enumOf(
  ['CLIENT_RETURNED', 'CLOSED_TOO_SOON', 'NEW_FACTS'],
  'ReopeningReason',
  'Why a closed case is taken up again.',
);
export const FactKindEnum = enumOf(
  ['CONTACT_ATTEMPT', 'CONTACT', 'CONVERSATION_ACCOUNT', 'SELF_RELIANCE_ASSESSMENT', 'TOEVOEGING'],
  'FactKind',
  'What can be entered in error.',
);
export const DeactivationReasonEnum = enumOf(
  ['LEFT', 'ABSENT'],
  'DeactivationReason',
  'Why a professional is not active.',
);
