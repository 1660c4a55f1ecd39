import { isJsonObject } from '@cordboard/kernel';
import { type ChannelAddress } from './address.ts';
import { type AdapterHandlers, type Answer } from './handlers.ts';
import { dispositionsBody, scriptsBody, skillsBody } from './lists.ts';
import { channelBody, thenBody } from './readings.ts';
import { bare, optionalText, type Route, type Routes, text, worded } from './route.ts';

const plain = (pick: (handlers: AdapterHandlers) => ((at: ChannelAddress) => Answer) | undefined): Route => ({
  kind: 'channel',
  run: (handlers, at) => bare(pick(handlers)?.(at as ChannelAddress)),
});

/** Requests to a channel. */
export const channelRoutes: Routes = {
  'channel.query.init': {
    kind: 'channel',
    init: true,
    run: (handlers, at) => thenBody(handlers.readChannel(at as ChannelAddress), channelBody),
  },
  'channel.request.activate': {
    kind: 'channel',
    run: (handlers, at, body) =>
      bare(handlers.activate?.(at as ChannelAddress, { queue: optionalText(body, 'queue') })),
  },
  'channel.request.deactivate': {
    kind: 'channel',
    run: (handlers, at, body) => {
      const options = { queue: optionalText(body, 'queue'), reason: optionalText(body, 'reason') };
      return bare(handlers.deactivate?.(at as ChannelAddress, options));
    },
  },
  'channel.request.ready': plain((handlers) => handlers.ready),
  'channel.request.notready': {
    kind: 'channel',
    run: (handlers, at, body) => {
      const reason = { code: text(body, 'reasoncode'), name: optionalText(body, 'reasondesc') };
      return bare(handlers.notReady?.(at as ChannelAddress, reason));
    },
  },
  'channel.request.dial': {
    kind: 'channel',
    run: (handlers, at, body) => {
      const extensions = isJsonObject(body.extensions) ? body.extensions : undefined;
      return bare(handlers.dial?.(at as ChannelAddress, text(body, 'destination'), extensions));
    },
  },
  'channel.query.dispositions': {
    kind: 'channel',
    run: (handlers, at) => worded(handlers.readDispositions?.(at as ChannelAddress), dispositionsBody),
  },
  'channel.query.scripts': {
    kind: 'channel',
    run: (handlers, at) => worded(handlers.readScripts?.(at as ChannelAddress), scriptsBody),
  },
  'channel.query.outboundskills': {
    kind: 'channel',
    run: (handlers, at, body) =>
      worded(handlers.readOutboundSkills?.(at as ChannelAddress, text(body, 'destination')), skillsBody),
  },
};
