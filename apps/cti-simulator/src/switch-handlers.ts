import { type AdapterHandlers } from '@cordboard/adapter-sdk';
import { type AddressBookFeed } from './address-book-feed.ts';
import { carryOutIn } from './carry-out.ts';
import { channelHandlers, conversationHandlers, interactionHandlers } from './interaction-handlers.ts';
import { readingHandlers } from './reading-handlers.ts';
import { listHandlers, sessionHandlers } from './session-handlers.ts';
import { type SwitchDriver } from './switch-driver.ts';

/** The bridge's questions and requests, carried out by the simulated switch. */
export const createSwitchHandlers = (driver: SwitchDriver, feed: AddressBookFeed): AdapterHandlers => {
  const carryOut = carryOutIn(driver);
  const session = sessionHandlers(driver, carryOut);
  return {
    ...readingHandlers(driver),
    ...session,
    ...listHandlers(driver, feed),
    ...channelHandlers(carryOut),
    ...interactionHandlers(driver, carryOut),
    ...conversationHandlers(driver, carryOut),
    disposed: (at) => {
      if (at.group === undefined && at.channel === undefined) feed.stop(at.agent);
      session.disposed(at);
    },
  };
};
