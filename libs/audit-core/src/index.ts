export { stateAt } from './state-at.ts';
export { timeline, type TimelineRow } from './timeline.ts';
export { type ChainBreak, type VerifiedChain, verifyChain } from './verify-chain.ts';
