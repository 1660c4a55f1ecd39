import { type Runtime } from './runtime-file.ts';

/** What a newcomer needs when everything runs. */
export const banner = ({ edgeUrl, simulatorUrl, ctiUrl }: Runtime): string => `
Cordboard runs.

  agents       ${edgeUrl.replace('http:', 'ws:')}/agent
  switch       ${simulatorUrl}/docs
  adapters     ${ctiUrl}
  demo agents  1001 to 1010, password demo, queue 7000

Next, in another terminal, be an agent and type "ready":

  npx cordboard agent --id 1001

and in a third one, call that agent:

  curl -s ${simulatorUrl}/v1/calls -H 'content-type: application/json' \\
    -d '{"to":"1001","from":"+12025550123","name":"Example"}'

Afterwards: npx cordboard sessions. Ctrl-C stops everything here.`;
