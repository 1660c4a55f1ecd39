import { IsDefined, IsObject, IsOptional } from 'class-validator';
import { type Json, type JsonObject } from '@cordboard/kernel';
import { INTERACTION_STATES } from '../words.ts';
import { Nested } from './dto.ts';
import { OneOf, OptionalText, Text } from './rules.ts';

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

  @IsDefined()
  value!: Json;
}

/** `interaction.request.setdisposition` (INT-R05). */
export class DispositionBody {
  @Text()
  disposition!: string;
}
