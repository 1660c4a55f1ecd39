import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInstance,
  IsInt,
  IsObject,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { type Json, jsonBytes } from '@cordboard/kernel';

const MAX_ENTRIES = 2_000;
const MAX_CHOICES = 500;
const MAX_LABELS = 64;
/** A list goes to a desktop as one message, which a frame and NATS bound to 1 MiB. */
const MAX_LIST_BYTES = 512 * 1_024;
const MAX_WRAP_UP_MS = 3_600_000;

/** One line of text, `min` to `max` characters. */
const Line = (min: number, max: number): PropertyDecorator =>
  Matches(new RegExp(`^\\P{Cc}{${min},${max}}$`, 'u'), {
    message: `$property must be text of ${min} to ${max} characters on one line`,
  });

const OfFewBytes = (): PropertyDecorator =>
  ValidateBy({
    name: 'ofFewBytes',
    validator: {
      validate: (value: object) => jsonBytes(value) <= MAX_LIST_BYTES,
      defaultMessage: () => `$property must be at most ${MAX_LIST_BYTES} bytes as JSON`,
    },
  });

/** A list of objects. */
const List =
  (max: number): PropertyDecorator =>
  (prototype, property) => {
    ValidateNested({ each: true })(prototype, property);
    IsObject({ each: true, message: '$property must hold objects' })(prototype, property);
    OfFewBytes()(prototype, property);
    ArrayMaxSize(max)(prototype, property);
    IsArray()(prototype, property);
  };

/** Objects by name. */
const ByName = (): PropertyDecorator => (prototype, property) => {
  ValidateNested({ each: true, message: '$property must hold objects by name' })(prototype, property);
  IsInstance(Map, { message: '$property must be an object' })(prototype, property);
};

export class DirectoryEntryDto {
  @Line(1, 256)
  name!: string;

  @Line(1, 128)
  destination!: string;

  @IsOptional()
  @Line(1, 64)
  type?: string;
}

export class LabelDto {
  @Matches(/^[a-z]{2}$/, { message: '$property must be a two-letter code such as en' })
  language!: string;

  @Matches(/^(?:[A-Z]{2})?$/, { message: '$property must be a two-letter code such as US, or empty' })
  country = '';

  @Line(1, 256)
  name!: string;

  @Line(0, 1_024)
  description = '';
}

class ChoiceDto {
  @ArrayMaxSize(64)
  @IsArray()
  extensions: Json[] = [];

  @List(MAX_LABELS)
  labels: LabelDto[] = [];
}

export class NotReadyReasonDto extends ChoiceDto {
  @Line(1, 64)
  reasonCodeId!: string;

  @Line(1, 64)
  reasonCodeCode!: string;

  @IsBoolean()
  selectable = true;
}

export class LogoutReasonDto extends ChoiceDto {
  @Line(1, 64)
  logoutReasonId!: string;

  @Line(1, 64)
  logoutReasonCode!: string;
}

export class DispositionDto extends ChoiceDto {
  @Line(1, 64)
  dispositionId!: string;

  @Line(1, 128)
  dispositionCode!: string;
}

export class QueueRuleDto {
  /** Length of after-call work, 0 for none. */
  @Max(MAX_WRAP_UP_MS)
  @Min(0)
  @IsInt()
  wrapUpMs = 0;

  @IsBoolean()
  dispositionRequired = false;
}

export class CallModelDto {
  @IsOptional()
  @Line(1, 64)
  group?: string;

  @IsBoolean()
  chat = false;

  @IsBoolean()
  email = false;

  @IsBoolean()
  callback = false;
}

/** What one tenant has configured; everything may be left out. */
export class HouseDto {
  @List(MAX_ENTRIES)
  directory: DirectoryEntryDto[] = [];

  @List(MAX_CHOICES)
  notReadyReasons: NotReadyReasonDto[] = [];

  @List(MAX_CHOICES)
  logoutReasons: LogoutReasonDto[] = [];

  @List(MAX_CHOICES)
  dispositions: DispositionDto[] = [];

  /** By the text that an interaction's data carries under `QUEUE`. */
  @ByName()
  queues = new Map<string, QueueRuleDto>();

  /** By the name that `prepareSession` gives; the empty one is the default. */
  @ByName()
  models = new Map<string, CallModelDto>();
}

export class HouseFileDto {
  /** By tenant; `*` for every other one. */
  @ByName()
  tenants!: Map<string, HouseDto>;
}
