export { type House } from '@cordboard/domain';
export {
  type EngineCounter,
  type EngineLevel,
  type EngineLog,
  type EngineMetrics,
  type EnginePorts,
  type EngineSettings,
} from './ports.ts';
export { createWorker, type Worker } from './worker.ts';
export { emptyMemory, foldMemory } from './session/session-memory.ts';
export { SNAPSHOT_SCHEMA } from './session/session-snapshot.ts';
