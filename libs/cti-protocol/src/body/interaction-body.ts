import { IsObject, IsOptional, MaxLength } from 'class-validator';
import { type JsonObject } from '@cordboard/kernel';
import { INTERACTION_STATES } from '../words.ts';
import { Nested } from './dto.ts';
import { OneOf, OptionalText, Text, TextOrTexts, together } from './rules.ts';

class ConversationListed {
  @Text()
  id!: string;
}

class ConversationsListed {
  @IsOptional()
  @Nested(ConversationListed)
  @IsObject()
  primary?: ConversationListed;

  @IsOptional()
  @Nested(ConversationListed)
  @IsObject()
  consult?: ConversationListed;
}

/** Answer to `interaction.query.init` (INT-Q01, TEL-Q01); absent parts are tolerated (V-1 to V-5). */
export class InteractionInitAnswer {
  @OneOf(INTERACTION_STATES)
  'interaction-state'!: (typeof INTERACTION_STATES)[number];

  @IsOptional()
  @IsObject()
  'interaction-data'?: JsonObject;

  @IsOptional()
  @Nested(ConversationsListed)
  @IsObject()
  conversations?: ConversationsListed;
}

/** `interaction.datachanged` (INT-E05) and the answer to `interaction.query.data` (INT-Q02). */
export class InteractionDataBody {
  @IsObject()
  'interaction-data'!: JsonObject;
}

/** `interaction.query.data` (INT-Q02). */
export class DataKeyBody {
  @OptionalText()
  key?: string;
}

/** `interaction.request.setinteractiondata` (INT-R04). */
export class SetDataBody {
  @Text()
  key!: string;

  @TextOrTexts()
  value!: string | Readonly<Record<string, string>>;
}

/** `interaction.request.setdisposition` (INT-R05). */
export class DispositionBody {
  @Text()
  disposition!: string;
}

/** Answer to `interaction.request.consult` (TEL-R02); a switch that does not name the leg announces it. */
export class ConsultAnswer {
  @OptionalText()
  nativeid?: string;
}

/** `interaction.request.signal`: `p1` to `p20`, those that have a value. */
export class SignalBody {
  readonly [parameter: `p${number}`]: string | undefined;
}

const Parameter = (): PropertyDecorator =>
  together(IsOptional(), MaxLength(1_024, { message: '$property must be text of at most 1024 characters' }));
for (let number = 1; number <= 20; number += 1) Parameter()(SignalBody.prototype, `p${number}`);
