import { readAnswer } from '@cordboard/cti-protocol';
import { type Disposition, type Label } from '@cordboard/domain';
import { type Json, ok } from '@cordboard/kernel';
import { prose } from './plain-values.ts';
import { type Reader } from './readings.ts';

/** Lists of the extension family (docs/protocol-decisions.md); the bridge has cut them to their bounds. */

type Told = Readonly<Partial<Record<keyof Label, string>>>;

const labelOf = ({ language = '', country = '', name = '', description = '' }: Told): Label => ({
  language: prose(language),
  country: prose(country),
  name: prose(name),
  description: prose(description),
});

interface Choice {
  readonly extensions?: readonly Json[] | undefined;
  readonly labels?: readonly Told[] | undefined;
}

const shownAs = ({ extensions = [], labels = [] }: Choice): Pick<Disposition, 'extensions' | 'labels'> => ({
  extensions,
  labels: labels.map(labelOf),
});

export const readDirectory: Reader = (body) => {
  const answer = readAnswer('session.query.directory', body);
  if (!answer.ok) return answer;
  const entries = answer.value.entries.map(({ name, destination, type }) => ({
    name: prose(name ?? destination),
    destination,
    ...(type === undefined ? {} : { type: prose(type) }),
  }));
  return ok({ of: 'directory', entries });
};

export const readNotReadyReasons: Reader = (body) => {
  const answer = readAnswer('session.query.notreadyreasons', body);
  if (!answer.ok) return answer;
  const reasons = answer.value.reasons.map((reason) => ({
    reasonCodeId: reason.id,
    reasonCodeCode: reason.code,
    selectable: reason.selectable ?? true,
    ...shownAs(reason),
  }));
  return ok({ of: 'notreadyreasons', reasons });
};

export const readLogoutReasons: Reader = (body) => {
  const answer = readAnswer('session.query.logoutreasons', body);
  if (!answer.ok) return answer;
  const reasons = answer.value.reasons.map((reason) => ({
    logoutReasonId: reason.id,
    logoutReasonCode: reason.code,
    ...shownAs(reason),
  }));
  return ok({ of: 'logoutreasons', reasons });
};

export const readAddressBook: Reader = (body) => {
  const answer = readAnswer('session.query.addressbook', body);
  if (!answer.ok) return answer;
  return ok({ of: 'addressbook', addressBooks: answer.value.addressbooks ?? [] });
};

export const readDispositions: Reader = (body) => {
  const answer = readAnswer('channel.query.dispositions', body);
  if (!answer.ok) return answer;
  const dispositions = answer.value.dispositions.map((disposition) => ({
    dispositionId: disposition.id,
    dispositionCode: disposition.code,
    ...shownAs(disposition),
  }));
  return ok({ of: 'dispositions', dispositions });
};

export const readScripts: Reader = (body) => {
  const answer = readAnswer('channel.query.scripts', body);
  if (!answer.ok) return answer;
  const scripts = answer.value.scripts.map(({ id, name }) => ({
    scriptId: id,
    scriptName: prose(name ?? id),
  }));
  return ok({ of: 'scripts', scripts });
};

export const readOutboundSkills: Reader = (body) => {
  const answer = readAnswer('channel.query.outboundskills', body);
  if (!answer.ok) return answer;
  const skills = answer.value.skills.map(({ id, name }) => ({ id, skillName: prose(name ?? id) }));
  return ok({ of: 'outboundskills', skills });
};
