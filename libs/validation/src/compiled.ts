import { getMetadataStorage, type ValidationArguments, ValidationTypes } from 'class-validator';

type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
/** Whether a property's value fits; `owner` is what it was read from. */
type Check = (value: unknown, owner: object) => boolean;
type Applies = (owner: object, value: unknown) => boolean;
type Judge = (value: unknown, args: ValidationArguments) => unknown;

const judgesOf = ({ constraintCls }: Rule): readonly { readonly judge: Judge; readonly async: boolean }[] =>
  getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance, async }) => ({ judge: (value, args) => instance.validate(value, args), async }));

/** What cannot be said here is no rule that a value could keep: class-validator decides then. */
const NEVER: Check = () => false;

const checkOf = (rule: Rule, targetName: string): Check => {
  const { propertyName: property, constraints, each, validateIf } = rule;
  const judges = judgesOf(rule);
  if (validateIf !== undefined || judges.length === 0 || judges.some(({ async }) => async)) return NEVER;
  return (value, object) => {
    const args = { targetName, property, object, value, constraints };
    const keeps = (one: unknown): boolean => judges.every(({ judge }) => judge(one, args) === true);
    return each && Array.isArray(value) ? value.every(keeps) : keeps(value);
  };
};

/** An object with rules of its own, or a list of them. */
const isValidBelow = (value: unknown): boolean => {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.every((item) => isValidBelow(item));
  return typeof value === 'object' && value !== null && isValid(value);
};

const KNOWN: readonly string[] = [
  ValidationTypes.CUSTOM_VALIDATION,
  ValidationTypes.NESTED_VALIDATION,
  ValidationTypes.CONDITIONAL_VALIDATION,
];

const propertyCheck = (rules: readonly Rule[], targetName: string): Check => {
  if (!rules.every(({ type }) => KNOWN.includes(type))) return NEVER;
  const of = (type: string): readonly Rule[] => rules.filter((rule) => rule.type === type);
  const applies = of(ValidationTypes.CONDITIONAL_VALIDATION).map(
    ({ constraints }) => constraints[0] as Applies,
  );
  const checks = of(ValidationTypes.CUSTOM_VALIDATION).map((rule) => checkOf(rule, targetName));
  if (of(ValidationTypes.NESTED_VALIDATION).length > 0) checks.push(isValidBelow);
  return (value, owner) =>
    !applies.every((isAsked) => isAsked(owner, value)) || checks.every((check) => check(value, owner));
};

type Property = readonly [name: string, check: Check];

const compile = (type: new () => object): readonly Property[] => {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))];
  return names.map((name) => [
    name,
    propertyCheck(
      rules.filter(({ propertyName }) => propertyName === name),
      type.name,
    ),
  ]);
};

const compiled = new WeakMap<object, readonly Property[]>();

/**
 * Whether an instance of a class with rules of class-validator keeps them all, as `validateSync` would say. The rules
 * are looked up once for each class, not for each value. False, too, for what only `validateSync` can decide: an
 * object without rules, a rule of a kind that is not known here.
 */
export const isValid = (instance: object): boolean => {
  const type: unknown = instance.constructor;
  if (typeof type !== 'function') return false;
  let properties = compiled.get(type);
  if (properties === undefined) {
    properties = compile(type as new () => object);
    compiled.set(type, properties);
  }
  if (properties.length === 0) return false;
  const values = instance as Readonly<Record<string, unknown>>;
  return properties.every(([name, check]) => check(values[name], instance));
};
