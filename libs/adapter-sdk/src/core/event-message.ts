import { type CtiMessage } from '@cordboard/cti-protocol';
import { type JsonObject, storableJson } from '@cordboard/kernel';

/** An event of the bridge. Characters that cannot be stored become U+FFFD, the call goes on. */
export const eventMessage = (name: string, target: string, body: JsonObject): CtiMessage => ({
  header: { type: 'cti.event', name, target },
  body: storableJson(body),
});
