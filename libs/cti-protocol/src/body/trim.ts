import { IsOptional, IsString } from 'class-validator';
import { type Json } from '@cordboard/kernel';
import { type Trim, Trimmed } from './dto.ts';
import { together } from './rules.ts';

/** A text cut to so many characters. */
export const shortened = (text: string, most: number, took: Parameters<Trim>[1]): string => {
  if (text.length <= most) return text;
  took(1);
  return text.slice(0, most).toWellFormed();
};

const cutText =
  (most: number): Trim =>
  (value, took) =>
    typeof value === 'string' ? shortened(value, most, took) : value;

const cutList =
  (most: number): Trim =>
  (value, took) => {
    if (!Array.isArray(value) || value.length <= most) return value;
    took(value.length - most);
    return (value as readonly Json[]).slice(0, most);
  };

/** A list of which so many items are kept. */
export const AtMost = (most: number): PropertyDecorator => Trimmed(cutList(most));

/** Text for people of which so many characters are kept; may be absent. */
export const CutText = (most: number): PropertyDecorator =>
  together(Trimmed(cutText(most)), IsOptional(), IsString({ message: '$property must be text' }));
