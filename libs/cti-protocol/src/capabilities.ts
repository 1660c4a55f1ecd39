import { type JsonObject } from '@cordboard/kernel';

/** What the absence of a key means (bridge B.1.1, and the extension family: absent is false). */
const WHEN_ABSENT = {
  'channel-groups-supported': true,
  'standalone-channels-supported': false,
  'chat-supported': true,
  'email-supported': true,
  'callback-supported': true,
  'consult-supported': true,
  'blind-transfer-supported': true,
  'blind-conference-supported': true,
  'mute-supported': true,
  'dtmf-supported': true,
  'remove-party-supported': true,
  'interaction-data-supported': true,
  'channel-activation-supported': true,
  'logout-reason-required': false,
  'directory-supported': false,
  'notreadyreasons-supported': false,
  'logoutreasons-supported': false,
  'addressbook-supported': false,
  'dispositions-supported': false,
  'scripts-supported': false,
  'outboundskills-supported': false,
  'agentleg-supported': false,
  'signal-supported': false,
  'dial-extensions-supported': false,
  'queue-statistics-supported': false,
} as const;

/** Key of the answer to `cti.query.capabilities`. */
export type CapabilityKey = keyof typeof WHEN_ABSENT;

export const CAPABILITY_KEYS = Object.keys(WHEN_ABSENT) as readonly CapabilityKey[];

/** Whether a platform can do something; absent and ill-typed keys mean what the table says. */
export const capability = (capabilities: JsonObject, key: CapabilityKey): boolean => {
  const said = Object.hasOwn(capabilities, key) ? capabilities[key] : undefined;
  return typeof said === 'boolean' ? said : WHEN_ABSENT[key];
};
