export { type Clock, type IdSource } from './clock.ts';
export { type Decider, fold } from './decider.ts';
export { type Actor, type EventMeta } from './envelope.ts';
export { deriveId, isId, isRequestId, isSessionId } from './ids.ts';
export {
  inspectJson,
  isJsonObject,
  isStorableText,
  type Json,
  jsonBytes,
  type JsonObject,
  storableJson,
  storableText,
} from './json.ts';
export { err, ok, type Result } from './result.ts';
export {
  formatTarget,
  type ObjectKind,
  parentTarget,
  parseTarget,
  parseTokens,
  type Target,
  targetKind,
  targetTokens,
  type TargetTokens,
} from './target.ts';
