import { type World } from './world/world.ts';

const indent = (line: string): string => `  ${line}`;

/** What browsers and log say of a run, in the order of the steps: what one reads when a seed failed. */
export const storyOf = ({ clients, database, phones, said }: World): readonly string[] => {
  const lines: { readonly step: number; readonly text: string }[] = [];
  const tell = (step: number, text: string): void => void lines.push({ step, text });
  for (const { agent, requestId, command, target, step, answers, times } of clients.asked.values()) {
    tell(step, `${agent} asks ${command} ${requestId} of ${target || 'anybody'} (${String(times)} times)`);
    for (const answer of answers)
      tell(answer.step, `${agent} is answered ${requestId} ${JSON.stringify(answer.body).slice(0, 300)}`);
  }
  for (const [session, rows] of database.log.streams) {
    for (const { seq, epoch, lane, wpos, type, name, target, data, meta } of rows) {
      const place = `${session}/${String(seq)} epoch ${String(epoch)} lane ${String(lane)}/${String(wpos)}`;
      const step = database.storedAt.get(`${session}/${String(seq)}`)?.step ?? 0;
      tell(
        step,
        `log ${place} ${type} ${name ?? '-'} ${target} ${JSON.stringify(data).slice(0, 200)} ${meta.causation}`,
      );
    }
  }
  for (const { step, name, target, requestId } of phones.effects)
    tell(step, `switch ${name} ${target} ${requestId}`);
  for (const line of said) tell(Number(line.slice(0, line.indexOf(' '))), line.slice(line.indexOf(' ') + 1));
  return lines
    .sort((one, other) => one.step - other.step)
    .map(({ step, text }) => indent(`${String(step).padStart(7)} ${text}`));
};
