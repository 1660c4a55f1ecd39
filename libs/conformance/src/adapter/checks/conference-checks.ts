import { insist } from '../../check/mismatch.ts';
import { textOf } from '../../wire/frame.ts';
import { type Desk, listOf, type Work } from '../desk/desk.ts';
import { type Stage } from '../desk/stage.ts';
import { checksOf } from './check.ts';
import { insistRefused } from './expect.ts';

const partiesOf = async (desk: Desk, leg: string): Promise<readonly string[]> => {
  const reading = await desk.must('conversation.query.init', leg);
  return listOf(reading['parties']).map(({ number }) => textOf(number));
};

const insistParties = async ({ desk, primary }: Work, numbers: readonly string[]): Promise<void> => {
  const found = await partiesOf(desk, primary);
  const all = numbers.every((number) => found.includes(number)) && found.length === numbers.length;
  insist(all, `the parties ${numbers.join(', ')}`, found.join(', '));
};

const consultConference = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const { out, in: incoming, consult, number } = await stage.consulting();
  const { desk, primary, interaction } = out;
  const from = line.mark;
  await desk.must('interaction.request.consultconference', interaction);
  await line.event('conversation.partyadded', primary, from, (body) => body['number'] === number);
  await line.event('conversation.talking', primary, from);
  await line.event('conversation.ended', consult, from);
  await insistParties(out, [incoming.desk.agent.extension, number]);
  await leaves(stage, out, incoming);
};

/** Only who leaves hears an end; the others stay together. */
const leaves = async ({ line }: Stage, { desk, primary }: Work, other: Work): Promise<void> => {
  const from = line.mark;
  await desk.must('conversation.request.release', primary);
  await line.event('conversation.ended', primary, from);
  await line.event(
    'conversation.partyremoved',
    other.primary,
    from,
    (body) => body['number'] === desk.agent.extension,
  );
  const state = await other.desk.stateOf(other.primary);
  insist(state === 'TALKING', 'the others TALKING', state);
};

const invited = async (
  stage: Stage,
): Promise<{ readonly out: Work; readonly in: Work; readonly number: string }> => {
  const { line } = stage;
  const { out, in: incoming } = await stage.talking();
  const { number, desk: other } = await stage.third();
  const from = line.mark;
  await out.desk.must('conversation.request.conference', out.primary, { destination: number });
  const third = other === null ? null : await other.offered(from);
  if (third !== null) await third.desk.must('interaction.request.accept', third.interaction);
  for (const { primary } of [out, incoming])
    await line.event('conversation.partyadded', primary, from, (body) => body['number'] === number);
  await line.settled();
  return { out, in: incoming, number };
};

const blindConference = async (stage: Stage): Promise<void> => {
  const key = 'blind-conference-supported';
  if (stage.can(key)) {
    const { out, in: incoming, number } = await invited(stage);
    return insistParties(out, [incoming.desk.agent.extension, number]);
  }
  const {
    out: { desk, primary },
  } = await stage.talking();
  const { number } = await stage.third();
  await insistRefused(desk, key, 'conversation.request.conference', primary, { destination: number });
};

const removesParty = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  stage.needs('blind-conference-supported');
  const { out, in: incoming, number } = await invited(stage);
  const { desk, primary } = out;
  const key = 'remove-party-supported';
  if (!stage.can(key))
    return insistRefused(desk, key, 'conversation.request.removeparty', primary, { number });
  await desk.refused('conversation.request.removeparty', primary, { number: '0000000' });
  const from = line.mark;
  await desk.must('conversation.request.removeparty', primary, { number });
  await line.event('conversation.partyremoved', primary, from, (body) => body['number'] === number);
  await insistParties(out, [incoming.desk.agent.extension]);
};

/** Conferences: D.11 and D.14. */
export const conferenceChecks = checksOf('conference')(
  [
    'D.11',
    'bridge D.11, TEL-R04, V-9',
    'consultconference: partyadded and talking on the first leg, ended on the second; all parties are listed; who leaves leaves alone',
    consultConference,
  ],
  [
    'D.14',
    'bridge D.14, CNV-R09, V-9',
    'conference: partyadded when the party answers, and all parties are listed',
    blindConference,
  ],
  [
    'CNV-R03',
    'bridge CNV-R03, CNV-E09',
    'removeparty: partyremoved; a number that is not there is FAILURE',
    removesParty,
  ],
);
