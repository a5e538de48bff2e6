// A real invoice in the look that is being chosen, for a customer and in a language of one's choice.

import { Group, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { listInvoices, previewLook } from '#invoicing/contract.ts';
import type { DocumentLanguage, readLook } from '#printing/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { useFileUrl } from '../../lib/file.ts';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { LANGUAGES_IN_ENGLISH } from '../../ui/choices.ts';
import { Empty, Panel, Trouble } from '../../ui/Page.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { CustomerLanguage } from './CustomerLanguage.tsx';

type Look = Reply<typeof readLook>;

/** A pause while a colour is dragged or a link typed, before the sheet is drawn again. */
const REDRAW_MS = 400;

export function LookPreview({
  companyId,
  style,
  extras,
  letterheads,
  isNewLogo,
}: {
  readonly companyId: string;
  readonly style: Look['style'];
  readonly extras: Look['extras'];
  readonly letterheads: Look['letterheads'];
  readonly isNewLogo: boolean;
}) {
  const [customerId, setCustomerId] = useState<string>();
  const [language, setLanguage] = useState<DocumentLanguage | null>(null);
  const [settled] = useDebouncedValue({ style, extras, letterheads, language }, REDRAW_MS);
  const query = { companyId, kind: 'invoice' as const, limit: 1, ...(customerId ? { customerId } : {}) };
  const invoices = useRead(listInvoices, { query });
  const invoice = invoices.data?.rows[0];
  const isColour = /^#[0-9a-f]{6}$/.test(settled.style.accent);
  const file = useFileUrl(
    previewLook,
    {
      params: { invoiceId: invoice?.id ?? '' },
      body: {
        style: settled.style,
        extras: settled.extras,
        letterheads: settled.letterheads,
        ...(settled.language ? { language: settled.language } : {}),
      },
    },
    invoice !== undefined && isColour,
  );
  return (
    <Panel title={invoice ? `Preview with ${invoice.number}` : 'Preview'}>
      <Stack>
        <Group grow align="flex-start" wrap="wrap" preventGrowOverflow={false}>
          <CustomerPicker
            label="Customer"
            value={customerId}
            onChange={(customer) => setCustomerId(customer?.id)}
          />
          <Select
            label="Language"
            data={LANGUAGES_IN_ENGLISH}
            placeholder="The customer’s"
            value={language}
            onChange={(chosen) =>
              setLanguage(LANGUAGES_IN_ENGLISH.find(({ value }) => value === chosen)?.value ?? null)
            }
            searchable
            clearable
          />
        </Group>
        {customerId ? (
          <CustomerLanguage
            key={customerId}
            customerId={customerId}
            description="Saved at once; the preview shows what is chosen for the company"
          />
        ) : null}
        {isNewLogo ? (
          <Text size="sm" c="dimmed">
            The sheet shows the new picture once it is saved.
          </Text>
        ) : null}
        {file.error ? <Trouble problem={file.error} /> : null}
        {invoices.data && !invoice ? (
          <Empty title="No invoice yet">
            {customerId
              ? 'This customer has no invoice of this company. Choose another one.'
              : 'The first invoice of this company will be shown here.'}
          </Empty>
        ) : null}
        {invoice && file.url ? <Sheet url={file.url} title="Preview as PDF" /> : null}
        {invoice && !file.url && !file.error ? <Skeleton h={760} /> : null}
      </Stack>
    </Panel>
  );
}
