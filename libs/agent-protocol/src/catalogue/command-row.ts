import { type ObjectKind } from '@cordboard/kernel';

/** One command of the agent session protocol (section B). */
export interface CommandRow {
  /** Newest name; what capabilities and logs use. */
  readonly name: string;
  /** The kind of object that the target addresses. */
  readonly kind: ObjectKind;
  /** Other spellings that are accepted: older names, and misprints of the sources. */
  readonly aliases: readonly string[];
  /** The `data` of a success (A3): none at all, the request's own, always `{}`, or made by the command. */
  readonly success: 'none' | 'echo' | 'empty' | 'own';
  readonly does: string;
}
