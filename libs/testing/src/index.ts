export { adapterDesk, type DeskEvent, type TcpDesk, tcpDesk } from './adapter-desk.ts';
export { type BridgeWorker, bridgeWorker, type HeardAnswer, type HeardEvent } from './bridge-worker.ts';
export { openBrowser } from './browser.ts';
export { freePort } from '@cordboard/embedded';
export { eventually } from './eventually.ts';
export { type FrameClient, frameClient, type FrameClientOptions } from './frame-client.ts';
export { applicationRole, type PrivateDatabase, privateDatabase } from './private-database.ts';
export { count, office } from './office.ts';
export { officeInCall } from './office-call.ts';
export { type PrivateNats, privateNats } from './private-nats.ts';
export {
  type AgentView,
  agentView,
  inWords,
  ONE_CHANNEL,
  type Scenario,
  scenario,
  type SessionScenario,
  sessionScenario,
  shown,
  type SwitchWorld,
} from './scenarios.ts';
export { quietHandlers } from './quiet-handlers.ts';
export { type Script, type ScriptedAdapter, scriptedAdapter } from './scripted-adapter.ts';
export { type HeardCommand, type ScriptedOwner, scriptedOwner } from './scripted-owner.ts';
export { sequentialIds } from './sequential-ids.ts';
export { spoiltObject } from './spoilt-json.ts';
export { startApp } from './start-app.ts';
export { type StackApp } from './stack-app.ts';
export { type Stack, type StackOptions, startStack } from './start-stack.ts';
export { type TcpProxy, tcpProxy, type Way } from './tcp-proxy.ts';
export { type VirtualClock, virtualClock } from './virtual-clock.ts';
export { type TestAuthority, testAuthority, type TestCertificate } from './test-certificates.ts';
