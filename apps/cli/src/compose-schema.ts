const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', items: text, minItems: 1 } as const;
const duration = { type: 'string', pattern: '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$' } as const;
const count = { type: 'integer', minimum: 0 } as const;

const healthcheck = {
  type: 'object',
  properties: {
    disable: { type: 'boolean' },
    test: { type: 'array', items: text, minItems: 2 },
    interval: duration,
    timeout: duration,
    start_period: duration,
    retries: count,
  },
  oneOf: [{ required: ['test'] }, { required: ['disable'] }],
  additionalProperties: false,
} as const;

const dependsOn = {
  type: 'object',
  additionalProperties: {
    type: 'object',
    properties: {
      condition: { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] },
    },
    required: ['condition'],
    additionalProperties: false,
  },
} as const;

const service = {
  type: 'object',
  properties: {
    build: text,
    image: text,
    init: { type: 'boolean' },
    restart: { enum: ['no', 'always', 'on-failure', 'unless-stopped'] },
    read_only: { type: 'boolean' },
    tmpfs: texts,
    cap_drop: texts,
    security_opt: texts,
    profiles: texts,
    command: texts,
    ports: { type: 'array', items: { type: 'string', pattern: '^(.+:)?[0-9]+$' } },
    volumes: { type: 'array', items: { type: 'string', pattern: '^([a-z]+|\\$\\{[A-Z_]+:-[^}]+\\}):/.+$' } },
    environment: { type: 'object', additionalProperties: { type: 'string' } },
    deploy: {
      type: 'object',
      properties: { replicas: count },
      additionalProperties: false,
    },
    stop_grace_period: duration,
    healthcheck,
    depends_on: dependsOn,
    configs: {
      type: 'array',
      items: {
        type: 'object',
        properties: { source: text, target: text },
        required: ['source', 'target'],
        additionalProperties: false,
      },
    },
  },
  anyOf: [{ required: ['image'] }, { required: ['build'] }],
  additionalProperties: false,
} as const;

/** The part of the Compose file format that docker-compose.yml uses; everything else in it is a mistake. */
export const composeSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' },
    services: { type: 'object', minProperties: 1, additionalProperties: service },
    configs: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: { content: text },
        required: ['content'],
        additionalProperties: false,
      },
    },
    volumes: { type: 'object', additionalProperties: { type: 'object', maxProperties: 0 } },
  },
  patternProperties: { '^x-': {} },
  required: ['services'],
  additionalProperties: false,
} as const;
