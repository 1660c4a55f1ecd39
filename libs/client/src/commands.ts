import { type Response } from '@cordboard/agent-protocol';
import { type JsonObject } from '@cordboard/kernel';

/** Sends one command to one object and gives its response. */
export type Ask = (command: string, target: string, data?: JsonObject) => Promise<Response>;

/** Data of `channel.request.notready`: `acw`, or a reason code of the switch. */
export interface NotReadyReason {
  readonly reasoncode: string;
  readonly reasondesc?: string | undefined;
}

/** The commands of a session by name (agent protocol B). Targets are dotted paths, as in `SessionObject.path`. */
export const createCommands = (ask: Ask) => ({
  start: (session: string, data: { readonly extension?: string | undefined } = {}) =>
    ask('session.start', session, { ...data }),
  logout: (session: string) => ask('session.request.logout', session),
  activate: (channel: string, channeloptions: JsonObject = {}) =>
    ask('channel.request.activate', channel, { channeloptions }),
  deactivate: (channel: string, channelOptions: JsonObject = {}) =>
    ask('channel.request.deactivate', channel, { channelOptions }),
  ready: (channel: string) => ask('channel.request.ready', channel),
  notReady: (channel: string, reason: NotReadyReason) =>
    ask('channel.request.notready', channel, { ...reason }),
  dial: (channel: string, destination: string, extensions: JsonObject = {}) =>
    ask('channel.request.dial', channel, { destination, extensions }),
  accept: (interaction: string) => ask('interaction.request.accept', interaction),
  reject: (interaction: string) => ask('interaction.request.reject', interaction),
  complete: (interaction: string) => ask('interaction.request.complete', interaction),
  answer: (conversation: string) => ask('conversation.request.answer', conversation),
  hold: (conversation: string) => ask('conversation.request.hold', conversation),
  retrieve: (conversation: string) => ask('conversation.request.retrieve', conversation),
  release: (conversation: string) => ask('conversation.request.release', conversation),
});

export type Commands = ReturnType<typeof createCommands>;
