import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { type JsonObject } from '@cordboard/kernel';
import { MAX_OBSERVED_PATTERNS } from '../limits.ts';
import { filled, filledFrom } from './coerce.ts';
import { Id, IdOrEmpty, Line, TargetPatterns } from './line.ts';

const JWT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
const MAX_SEQUENCE = 2_147_483_647;

export class AgentCredentials {
  @Id()
  id!: string;

  /** Checked by the switch; never stored, logged or sent back. */
  @Line(0, 256)
  password!: string;
}

/** Data of `prepareSession`. */
export class PrepareSessionData {
  @Line(0, 64)
  model!: string;

  @IsBoolean()
  override!: boolean;

  /** Empty for the configured default. */
  @IdOrEmpty()
  processor!: string;

  @ValidateNested()
  @IsObject()
  agent!: AgentCredentials;
}

const readAgent = (agent: JsonObject): AgentCredentials =>
  filled(new AgentCredentials(), { id: agent.id, password: agent.password ?? '' });

export const readPrepareSession = (data: JsonObject): PrepareSessionData =>
  filled(new PrepareSessionData(), {
    model: data.model ?? '',
    override: data.override ?? false,
    processor: data.processor ?? '',
    agent: filledFrom(data.agent, readAgent),
  });

/** Data of `bindSession`. */
export class BindSessionData {
  /** Sequence of the last object event that the client has; absent: it wants to start afresh. */
  @IsOptional()
  @Max(MAX_SEQUENCE)
  @Min(0)
  @IsInt()
  afterSequence?: number;

  /** Id of the tab or program, kept across reconnects. */
  @Id()
  client!: string;

  @IsBoolean()
  takeover!: boolean;
}

export const readBindSession = (data: JsonObject): BindSessionData =>
  filled(new BindSessionData(), {
    afterSequence: data.afterSequence ?? undefined,
    client: data.client,
    takeover: data.takeover ?? false,
  });

/** Data of `observe`: patterns of five tokens, `*` for any id, `_` for an absent level. */
export class ObserveData {
  @TargetPatterns()
  @ArrayMaxSize(MAX_OBSERVED_PATTERNS)
  @ArrayMinSize(1)
  @IsArray()
  targets!: string[];
}

export const readObserve = (data: JsonObject): ObserveData =>
  filled(new ObserveData(), { targets: data.targets });

/** Data of `renewToken`. */
export class RenewTokenData {
  @MaxLength(8_192)
  @Matches(JWT, { message: '$property must be a JSON web token' })
  token!: string;
}

export const readRenewToken = (data: JsonObject): RenewTokenData =>
  filled(new RenewTokenData(), { token: data.token });
