// What a line can say besides name, quantity and price: details, item numbers, a price for many, a discount, a period.

import { Group, Textarea, TextInput } from '@mantine/core';
import { typedDecimal } from '../../lib/typed.ts';
import { DayField } from '../../ui/DayField.tsx';
import type { DraftLine } from './draft.ts';

type LineMoreProps = {
  readonly line: DraftLine;
  readonly no: number;
  troubleOf(field: string): string | undefined;
  onChange(change: Partial<DraftLine>): void;
};

type TextField =
  | 'detail'
  | 'sellerItem'
  | 'buyerItem'
  | 'baseQuantity'
  | 'orderLine'
  | 'discountPercent'
  | 'discountReason';

export function LineMore({ line, no, troubleOf, onChange }: LineMoreProps) {
  const text = (field: TextField, label: string, width: number) => ({
    label,
    'aria-label': `${label} of line ${no}`,
    'data-line': line.key,
    'data-field': field,
    size: 'xs' as const,
    w: width,
    value: line[field],
    error: troubleOf(field),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ [field]: event.currentTarget.value }),
  });
  const figure = (field: TextField, label: string, width: number) => {
    const given = text(field, label, width);
    const unreadable = line[field].trim() !== '' && typedDecimal(line[field]) === undefined;
    return { ...given, inputMode: 'decimal' as const, error: unreadable ? 'no number' : given.error };
  };
  return (
    <Group gap="xs" align="flex-start" pb="xs">
      <Textarea {...text('detail', 'Details', 260)} autosize minRows={1} maxLength={2_000} />
      <TextInput {...figure('discountPercent', 'Discount, %', 90)} />
      <TextInput {...text('discountReason', 'Why', 130)} placeholder="Discount" maxLength={200} />
      <TextInput {...figure('baseQuantity', 'Price is for', 90)} placeholder="1" />
      <TextInput {...text('sellerItem', 'Item number', 110)} maxLength={100} />
      <TextInput {...text('buyerItem', 'Buyer’s number', 110)} maxLength={100} />
      <TextInput {...text('orderLine', 'Order line', 110)} maxLength={50} />
      <DayField
        label="From"
        value={line.periodFrom}
        onChange={(periodFrom) => onChange({ periodFrom })}
        error={troubleOf('periodFrom')}
        width={150}
        size="xs"
        path={`line/${line.key}/periodFrom`}
      />
      <DayField
        label="To"
        value={line.periodTo}
        onChange={(periodTo) => onChange({ periodTo })}
        error={troubleOf('periodTo')}
        width={150}
        size="xs"
        path={`line/${line.key}/periodTo`}
      />
    </Group>
  );
}

/** Whether anything is written behind "more" of a line. */
export function saysMore(line: DraftLine): boolean {
  return [
    line.detail,
    line.sellerItem,
    line.buyerItem,
    line.orderLine,
    line.baseQuantity,
    line.discountPercent,
    line.periodFrom,
    line.periodTo,
  ].some((text) => text.trim() !== '');
}
