import { answersTo, checkBody, controlProcessor, type CtiMessage, messageRow } from '@cordboard/cti-protocol';
import { targetKind } from '@cordboard/kernel';
import { brief, textOf } from '../../wire/frame.ts';
import { targetOf } from '../carrier/target-of.ts';
import { type Heard } from './heard.ts';
import { type Objects } from './objects.ts';
import { judgeCall, judgeConversation } from './reading-rules.ts';
import { type Rulebook } from './rules.ts';

/** A question, how often it was sent under its id, and how many answers it has had. */
export interface Asked {
  readonly question: CtiMessage;
  sent: number;
  answers: number;
}

const STARTED_FIRST = ['conversation.talking', 'conversation.held', 'conversation.mute'];
const ANNOUNCEMENTS = ['channel.interaction', 'interaction.consult', 'channelgroup.channel'];

/** Answers that tell a probe what is known of its request, and are no answers of the bridge. */
const isWordOfTheLink = ({ said }: Heard): boolean => said.answer === 'pending' && said.text === '';

const judgeAnswerHeader = (book: Rulebook, { question }: Asked, heard: Heard): void => {
  const { header, message } = heard;
  const got = (): string => brief(header);
  const { name, target, requestId } = question.header;
  book.note(
    'A.3-echo',
    message !== null && answersTo(question.header, message.header),
    brief({ name, target, requestId }),
    got,
  );
  const why = textOf(header['errorMessage']);
  if (header['result'] === 'FAILURE')
    book.note('A.3-result', why.trim() !== '', 'errorMessage that says why', got);
  else book.note('A.3-result', why === '', 'no errorMessage with SUCCESS', got);
};

const judgeReading = (book: Rulebook, objects: Objects, { header }: CtiMessage, { body }: Heard): void => {
  if (header.name === 'conversation.query.init') judgeConversation(book, body);
  if (header.name !== 'interaction.query.init') return;
  const channel = objects.known.get(header.target.slice(0, header.target.lastIndexOf('.')));
  if (channel?.type.toUpperCase() === 'TELEPHONY') judgeCall(book, body);
};

/** What holds for an answer; those of the link alone (a stale owner, say) have no body to judge. */
export const judgeAnswer = (
  book: Rulebook,
  objects: Objects,
  asked: Asked | undefined,
  heard: Heard,
): void => {
  if (isWordOfTheLink(heard)) return;
  const got = (): string => brief(heard.header);
  book.note('A.3-id', asked !== undefined, 'the requestId of a question that was asked', got);
  if (asked === undefined) return;
  asked.answers += 1;
  const { question } = asked;
  const { name } = question.header;
  book.note('A8-1', asked.answers <= asked.sent, `one answer to ${name}`, () => `${asked.answers} answers`);
  judgeAnswerHeader(book, asked, heard);
  if (heard.message === null) return;
  const checked = checkBody({ ...heard.message, header: { ...heard.message.header, name } });
  if (messageRow(name) !== null)
    book.note(
      'B-body',
      checked.ok,
      `a body of the answer to ${name} that fits: ${checked.ok ? '' : checked.error}`,
      () => brief(heard.body),
    );
  if (heard.header['result'] !== 'SUCCESS' || asked.answers > asked.sent) return;
  objects.succeeded(question, heard);
  judgeReading(book, objects, question, heard);
};

const isOfItsKind = ({ name, target }: Heard): boolean => {
  const row = messageRow(name);
  if (row?.kind !== 'event') return false;
  if (row.level === 'control') return controlProcessor(target) !== null;
  if (controlProcessor(target) !== null) return false;
  try {
    return targetKind(targetOf(name, target)) === row.level;
  } catch {
    return false;
  }
};

const judgePlace = (book: Rulebook, objects: Objects, heard: Heard): void => {
  const { name, target, body } = heard;
  const known = objects.known.get(target);
  const got = (): string => brief({ name, target, body });
  const disposed = objects.isDisposed(target);
  book.note('A7-9', !disposed, `nothing more of ${target} after its disposal`, got);
  if (disposed) return;
  book.note('A7-10', known !== undefined, 'the target of a registered object', got);
  if (known === undefined) return;
  book.note('A7-1', known.initialised, 'no event before the answer to the init query', got);
  if (name === 'conversation.started') known.started = true;
  if (STARTED_FIRST.includes(name))
    book.note('A7-8', known.started, `conversation.started before ${name}`, got);
  if (!ANNOUNCEMENTS.includes(name)) return;
  const nativeId = textOf(body['nativeid']);
  book.note('A.6', !objects.hasNative(target, nativeId), 'a native id that is not registered yet', got);
};

/** What holds for an event. */
export const judgeEvent = (book: Rulebook, objects: Objects, heard: Heard): void => {
  const { name, header, message } = heard;
  const plain = header['requestId'] === undefined && header['result'] === undefined;
  book.note(
    'A.3-event',
    plain && isOfItsKind(heard),
    'an event of the catalogue with type, name and target',
    () => brief(header),
  );
  if (message === null || messageRow(name)?.kind !== 'event') return;
  const checked = checkBody(message);
  book.note('C-body', checked.ok, `a body of ${name} that fits: ${checked.ok ? '' : checked.error}`, () =>
    brief(heard.body),
  );
  if (controlProcessor(heard.target) === null) judgePlace(book, objects, heard);
};
