import { IsArray, IsBoolean, IsOptional } from 'class-validator';
import { type Json } from '@cordboard/kernel';
import { Nested, Trimmable } from './dto.ts';
import { JsonOfAtMost, Text } from './rules.ts';
import { AtMost, CutText } from './trim.ts';

const MAX_ENTRIES = 2_000;
const MAX_CHOICES = 500;
const MAX_LABELS = 64;
const MAX_EXTENSIONS = 64;

class DirectoryEntry {
  @CutText(256)
  name?: string;

  @Text()
  destination!: string;

  @CutText(64)
  type?: string;
}

/** Answer to `session.query.directory`. */
export class DirectoryAnswer extends Trimmable {
  @AtMost(MAX_ENTRIES)
  @Nested(DirectoryEntry)
  @IsArray()
  entries!: DirectoryEntry[];
}

class Label {
  @CutText(16)
  language?: string;

  @CutText(16)
  country?: string;

  @CutText(256)
  name?: string;

  @CutText(1_024)
  description?: string;
}

class Choice {
  @Text()
  id!: string;

  @Text()
  code!: string;

  @AtMost(MAX_EXTENSIONS)
  @IsOptional()
  @JsonOfAtMost(8_192)
  @IsArray()
  extensions?: readonly Json[];

  @AtMost(MAX_LABELS)
  @IsOptional()
  @Nested(Label)
  @IsArray()
  labels?: Label[];
}

class NotReadyReason extends Choice {
  /** Absent means true. */
  @IsOptional()
  @IsBoolean()
  selectable?: boolean;
}

/** Answer to `session.query.notreadyreasons`. */
export class NotReadyReasonsAnswer extends Trimmable {
  @AtMost(MAX_CHOICES)
  @Nested(NotReadyReason)
  @IsArray()
  reasons!: NotReadyReason[];
}

/** Answer to `session.query.logoutreasons`. */
export class LogoutReasonsAnswer extends Trimmable {
  @AtMost(MAX_CHOICES)
  @Nested(Choice)
  @IsArray()
  reasons!: Choice[];
}

/** Answer to `channel.query.dispositions`. */
export class DispositionsAnswer extends Trimmable {
  @AtMost(MAX_CHOICES)
  @Nested(Choice)
  @IsArray()
  dispositions!: Choice[];
}

class Named {
  @Text()
  id!: string;

  @CutText(256)
  name?: string;
}

/** Answer to `channel.query.scripts`. */
export class ScriptsAnswer extends Trimmable {
  @AtMost(MAX_CHOICES)
  @Nested(Named)
  @IsArray()
  scripts!: Named[];
}

/** Answer to `channel.query.outboundskills`; none: no choice is needed. */
export class OutboundSkillsAnswer extends Trimmable {
  @AtMost(MAX_CHOICES)
  @Nested(Named)
  @IsArray()
  skills!: Named[];
}
