// Offering to take less for an invoice that is paid early: rate, last day, and a picture of what paying on each day saves.

import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import { Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { makeDiscountOffer, quoteDiscountOffer } from '#offers/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { amountText, dayWords, drawingValue } from '../../lib/format.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { typedDecimal } from '../../lib/typed.ts';
import { DayField } from '../../ui/DayField.tsx';
import { FormDialog } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { Trouble } from '../../ui/Page.tsx';
import type { Invoice } from './InvoicePage.tsx';

const PAUSE_MS = 250;
const YEARS = [
  { value: '360', label: '360 days' },
  { value: '365', label: '365 days' },
];

/** Items that an offer can be made on: wholly open and not late. */
export function offerableItems(invoice: Invoice): Invoice['items'] {
  return invoice.items.filter((item) => item.open.amount === item.amount.amount && item.daysLate === 0);
}

export function OfferDialog({ invoice, onClose }: { readonly invoice: Invoice; onClose(): void }) {
  const items = offerableItems(invoice);
  const make = useCommand(makeDiscountOffer);
  const [itemId, setItemId] = useState(items[0]?.id ?? '');
  const [apr, setApr] = useState('12');
  const [year, setYear] = useState('360');
  const [expiresOn, setExpiresOn] = useState(items[0]?.dueOn ?? '');
  const yearDays = year === '365' ? 365 : 360;
  const rate = apr.replace(',', '.');
  const { at, rest } = placeTrouble(make.error, ['apr', 'expiresOn'], {
    expiry_not_valid: 'expiresOn',
    offer_rate_not_valid: 'apr',
    offer_too_large: 'apr',
  });
  const isNumber = typedDecimal(rate) !== undefined;
  return (
    <FormDialog
      title={`Offer a discount on ${invoice.number}`}
      opened
      onClose={onClose}
      onSubmit={() =>
        make.mutate({ body: { itemId, apr: rate, yearDays, expiresOn } }, { onSuccess: onClose })
      }
      submitLabel="Offer it"
      busy={make.isPending}
      problem={rest}
      size="lg"
    >
      {items.length > 1 ? (
        <Select
          label="Instalment"
          data={items.map((item) => ({
            value: item.id,
            label: `${dayWords(item.dueOn)}: ${amountText(item.amount.amount, item.amount.currency)}`,
          }))}
          value={itemId}
          onChange={(id) => setItemId(id ?? itemId)}
          allowDeselect={false}
        />
      ) : null}
      <Group align="flex-start">
        <TextInput
          label="Rate a year, %"
          required
          inputMode="decimal"
          data-autofocus
          w={150}
          value={apr}
          onChange={(event) => setApr(event.currentTarget.value)}
          error={isNumber ? at('apr') : 'Write a number such as 12.5.'}
        />
        <div>
          <Text size="sm" fw={500} mb={4} id="offer-year">
            A year has
          </Text>
          <SegmentedControl aria-labelledby="offer-year" data={YEARS} value={year} onChange={setYear} />
        </div>
        <DayField
          label="Can be accepted until"
          required
          value={expiresOn}
          onChange={setExpiresOn}
          error={at('expiresOn')}
          width={190}
        />
      </Group>
      {isNumber && itemId !== '' ? <Picture itemId={itemId} apr={rate} yearDays={yearDays} /> : null}
    </FormDialog>
  );
}

type Quoted = Reply<typeof quoteDiscountOffer>;

function Picture(asked: { readonly itemId: string; readonly apr: string; readonly yearDays: 360 | 365 }) {
  const [body] = useDebouncedValue(asked, PAUSE_MS);
  const quoted = useRead(quoteDiscountOffer, { body });
  if (quoted.error) return <Trouble problem={quoted.error} />;
  if (!quoted.data) return null;
  return <Curve quoted={quoted.data} />;
}

function Curve({ quoted }: { readonly quoted: Quoted }) {
  const [today] = quoted.quotes;
  const data = [
    ...quoted.quotes.map((quote) => ({
      day: dayWords(quote.payOn),
      saved: drawingValue(quote.discount.amount),
    })),
    { day: dayWords(quoted.dueOn), saved: 0 },
  ];
  if (!today) return null;
  return (
    <Stack gap="xs">
      <Text size="sm" component="div">
        Paid today, <Money value={today.discount} /> is saved and <Money value={today.pay} /> is to be paid;
        on {dayWords(quoted.dueOn)}, all of it.
        {today.costOn365 === null ? '' : ` Today it costs us ${today.costOn365} % a year.`}
      </Text>
      <LineChart
        h={180}
        data={data}
        dataKey="day"
        series={[{ name: 'saved', label: 'Saved when paid on that day', color: 'teal.7' }]}
        curveType="linear"
        withDots={false}
        unit={` ${quoted.amount.currency}`}
        yAxisProps={{ width: 80 }}
        xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 40 }}
      />
    </Stack>
  );
}
