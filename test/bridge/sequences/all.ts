import { D4 } from './d04-login.ts';
import { D5 } from './d05-inbound.ts';
import { D6 } from './d06-outbound.ts';
import { D7 } from './d07-consult.ts';
import { D8 } from './d08-on-the-phone.ts';
import { D9 } from './d09-logout.ts';
import { D10 } from './d10-consult-transfer.ts';
import { D11 } from './d11-consult-conference.ts';
import { D12 } from './d12-alternate.ts';
import { D13 } from './d13-blind-transfer.ts';
import { D14 } from './d14-blind-conference.ts';
import { D15 } from './d15-found.ts';
import { D16 } from './d16-chat.ts';
import { type Sequence } from './sequence.ts';

/** All of them, by the bridge's own numbers. */
export const SEQUENCES: readonly (readonly [id: string, sequences: readonly Sequence[]])[] = [
  ['D.4', D4],
  ['D.5', D5],
  ['D.6', D6],
  ['D.7', D7],
  ['D.8', D8],
  ['D.9', D9],
  ['D.10', D10],
  ['D.11', D11],
  ['D.12', D12],
  ['D.13', D13],
  ['D.14', D14],
  ['D.15', D15],
  ['D.16', D16],
];
