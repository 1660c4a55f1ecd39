/** The simulator's control API, as a person with curl would use it. */
export interface Control {
  readonly place: (call: object) => Promise<string>;
  readonly act: (call: string, what: 'answer' | 'hangup', body?: object) => Promise<number>;
  readonly clear: () => Promise<void>;
  readonly state: (call: string) => Promise<string>;
}

export const controlOf = (simulatorUrl: string): Control => {
  const send = async (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${simulatorUrl}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  return {
    place: async (call) => {
      const response = await send('POST', '/v1/calls', call);
      if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
      return ((await response.json()) as { call: { id: string } }).call.id;
    },
    act: async (call, what, body = {}) => (await send('POST', `/v1/calls/${call}/${what}`, body)).status,
    clear: async () => {
      await send('DELETE', '/v1/calls');
    },
    state: async (call) => {
      const response = await send('GET', `/v1/calls/${call}`);
      return ((await response.json()) as { call: { state: string } }).call.state;
    },
  };
};
