export { exchangePages, writeExchanges } from './record/write-exchanges.ts';
export { formatReport, hasFailed, type Entry, type Report, reportAsJson } from './run/report.ts';
export { runConformance, type RunOptions } from './run/run.ts';
export { type PhoneSystem, simulatedPhoneSystem } from './wire/phone-system.ts';
export { agentOf, developmentTokens, type TokenSource } from './wire/token.ts';
