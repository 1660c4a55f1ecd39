import { IsOptional } from 'class-validator';
import { isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';
import { filled, given, textOfScalar, textOrNumber, trimmed } from './coerce.ts';
import { Line, TextOrTexts } from './line.ts';

/** Data of `interaction.request.setinteractiondata` (agent protocol B4 row 25). */
export class SetInteractionDataData {
  @Line(1, 128)
  key!: string;

  /** Text, or texts by sub-key. Empty text is a value. */
  @TextOrTexts({ items: 128, key: 256, value: 4_096 })
  value!: string | Readonly<Record<string, string>>;
}

const readValue = (value: Json | undefined): unknown =>
  isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, textOfScalar(text)]))
    : textOfScalar(value);

export const readSetInteractionData = (data: JsonObject): SetInteractionDataData =>
  filled(new SetInteractionDataData(), {
    key: trimmed(textOrNumber(data.key)),
    value: readValue(data.value),
  });

/** Data of `interaction.request.setdisposition` (agent protocol B4 row 26). */
export class SetDispositionData {
  @Line(1, 128)
  disposition!: string;
}

export const readSetDisposition = (data: JsonObject): SetDispositionData =>
  filled(new SetDispositionData(), { disposition: trimmed(textOrNumber(data.disposition)) });

/** Whom to call: data of `interaction.request.consult` and of the two blind commands (agent protocol B4, B5). */
export class DestinationData {
  /** Number or address. */
  @Line(1, 128)
  destination!: string;
}

export const readDestination = (data: JsonObject): DestinationData =>
  filled(new DestinationData(), { destination: trimmed(textOrNumber(data.destination)) });

/** The parameters that a script may get: `p1` to `p20`. */
const PARAMETERS = Array.from({ length: 20 }, (_, index) => `p${index + 1}`);

/** Data of `interaction.request.incontact.signal` (agent protocol B4 row 32): the parameters that have a value. */
export class SignalData {
  readonly [parameter: string]: string;
}
for (const parameter of PARAMETERS) {
  IsOptional()(SignalData.prototype, parameter);
  Line(0, 1_024)(SignalData.prototype, parameter);
}

export const readSignal = (data: JsonObject): SignalData => {
  const values = PARAMETERS.map((parameter) => [parameter, given(textOfScalar(data[parameter]))] as const);
  return Object.assign(
    new SignalData(),
    Object.fromEntries(values.filter(([, value]) => value !== undefined)),
  );
};
