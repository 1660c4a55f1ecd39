import { done, happens, reply, type Row, told, wants } from '../play/row.ts';
import { CARRIERS, RAW_CARRIERS } from '../room/carriers.ts';
import { overEach } from '../room/over-each.ts';
import { inACall } from '../sequences/d05-inbound.ts';

/** Letters of two, three and four bytes, and marks that JSON escapes. */
const WORDS = 'Zürich, 東京, 🙂, "quoted" \\ and more';

const carriesWords: readonly Row[] = [
  ...inACall,
  wants('interaction.request.setinteractiondata', 'I', { key: WORDS, value: WORDS }),
  ...done('interaction.request.setinteractiondata', 'I', { key: WORDS, value: WORDS }),
  reply('interaction.request.setinteractiondata', 'I'),
  happens('interaction.datachanged', 'I', { 'interaction-data': { [WORDS]: WORDS } }),
  told('interaction.datachanged', 'I', { interactionData: { [WORDS]: WORDS } }),
];

overEach(
  (scene) => {
    it('T-01 carries letters of several bytes whole, both ways', () => scene.check(carriesWords));

    it('T-02 carries two events said at once, in order and each once', () =>
      scene.check([
        ...inACall,
        happens('interaction.datachanged', 'I', { 'interaction-data': { one: WORDS } }),
        happens('interaction.datachanged', 'I', { 'interaction-data': { two: WORDS } }),
        told('interaction.datachanged', 'I', { interactionData: { one: WORDS } }),
        told('interaction.datachanged', 'I', { interactionData: { two: WORDS } }),
      ]));
  },
  [...CARRIERS, ...RAW_CARRIERS],
);
