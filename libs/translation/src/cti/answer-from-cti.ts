import { type CtiMessage } from '@cordboard/cti-protocol';
import { type SwitchAnswer, type SwitchRequest, type SwitchRequestType } from '@cordboard/domain';
import {
  readAddressBook,
  readDirectory,
  readDispositions,
  readLogoutReasons,
  readNotReadyReasons,
  readOutboundSkills,
  readScripts,
} from './lists.ts';
import { jsonBytes } from '@cordboard/kernel';
import { MAX_TOLD_BYTES, prose } from './plain-values.ts';
import {
  readChannel,
  readChannelGroup,
  readConsult,
  readConversation,
  type Reader,
  readInteraction,
  readSession,
} from './readings.ts';

const READERS: Readonly<Partial<Record<SwitchRequestType, Reader>>> = {
  ReadSession: readSession,
  ReadChannelGroup: readChannelGroup,
  ReadChannel: readChannel,
  ReadInteraction: readInteraction,
  ReadConversation: readConversation,
  Consult: readConsult,
  ReadDirectory: readDirectory,
  ReadNotReadyReasons: readNotReadyReasons,
  ReadLogoutReasons: readLogoutReasons,
  ReadAddressBook: readAddressBook,
  ReadDispositions: readDispositions,
  ReadScripts: readScripts,
  ReadOutboundSkills: readOutboundSkills,
};

const TOO_LARGE = `it is larger than ${MAX_TOLD_BYTES} bytes`;

const REFUSED = 'The phone system refused the request and gave no reason.';

/**
 * What an answer means for its request (bridge A.3, B). Whether it belongs to the request was told by its id;
 * its name is not looked at (A7-5). A body that cannot be read makes the answer `malformed`.
 */
export const answerFromCti = (request: SwitchRequest, { header, body }: CtiMessage): SwitchAnswer => {
  if (header.type !== 'cti.response' || header.result === undefined) {
    return { ok: false, cause: 'malformed', message: 'The phone system gave something else than an answer.' };
  }
  if (header.result === 'FAILURE') {
    return { ok: false, cause: 'refused', message: prose(header.errorMessage ?? '') || REFUSED };
  }
  const read = READERS[request.type];
  if (read === undefined) return { ok: true, reading: { of: 'none' } };
  const reading = read(body);
  if (reading.ok && jsonBytes(reading.value) <= MAX_TOLD_BYTES) return { ok: true, reading: reading.value };
  const why = reading.ok ? TOO_LARGE : reading.error;
  return {
    ok: false,
    cause: 'malformed',
    message: `The phone system gave an answer that cannot be used: ${why}.`,
  };
};
