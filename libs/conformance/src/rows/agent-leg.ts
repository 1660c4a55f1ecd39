import { type Given } from './row.ts';

/** Without a leg, whatever was before; there may have been none. */
export const legGone: Given = async (stage) => {
  const desk = await stage.started();
  await desk.ask('session.request.incontact.agentleg.disconnect', desk.session);
  await desk.quiet();
  return { session: desk.session };
};

/** With a leg that was just connected. */
export const legConnected: Given = async (stage) => {
  await legGone(stage);
  const { desk } = stage;
  const from = desk.mark;
  await desk.must('session.request.incontact.agentleg.connect', desk.session);
  await desk.event('session.incontact.agentleg.connected', from);
  return { session: desk.session };
};
