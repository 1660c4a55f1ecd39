import { IsArray, IsOptional, Matches } from 'class-validator';
import { CONVERSATION_STATES } from '../words.ts';
import { Nested, Trimmable } from './dto.ts';
import { OneOf, OptionalProse, Prose, TextOrEmpty } from './rules.ts';
import { AtMost } from './trim.ts';

/** A party: in answers, and `conversation.partyadded` (CNV-E08). A withheld number is empty. */
export class PartyBody {
  @TextOrEmpty()
  number!: string;

  @OptionalProse()
  name?: string;
}

/** Answer to `conversation.query.init` (CNV-Q01); absent parties are tolerated (V-7, V-8). */
export class ConversationInitAnswer extends Trimmable {
  @OneOf(CONVERSATION_STATES)
  'conversation-state'!: (typeof CONVERSATION_STATES)[number];

  @AtMost(256)
  @IsOptional()
  @Nested(PartyBody)
  @IsArray()
  parties?: PartyBody[];
}

/** `conversation.request.removeparty` (CNV-R03) and `conversation.partyremoved` (CNV-E09). */
export class NumberBody {
  @TextOrEmpty()
  number!: string;
}

/** `conversation.request.senddtmf` (CNV-R10). */
export class DigitsBody {
  @Matches(/^[0-9*#]{1,128}$/, { message: '$property must be 1 to 128 of 0-9 * #' })
  digits!: string;
}

/** `conversation.failed` and the other failures that say why (CNV-E04, CNV-E12, CNV-E13). */
export class FailedBody {
  @Prose()
  reason!: string;
}
