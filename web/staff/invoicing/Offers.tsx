// Offers made on an invoice and what became of them; an open one is accepted here for a day, or withdrawn.

import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { me } from '#identity/contract.ts';
import { acceptDiscountOffer, listDiscountOffers, withdrawDiscountOffer } from '#offers/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { placeTrouble } from '../../lib/trouble.ts';
import { DayField } from '../../ui/DayField.tsx';
import { ConfirmButton, FormDialog } from '../../ui/FormTools.tsx';
import { Money } from '../../ui/Money.tsx';
import { Panel } from '../../ui/Page.tsx';
import type { Invoice } from './InvoicePage.tsx';

type Offer = Reply<typeof listDiscountOffers>['rows'][number];

const COLORS = { open: 'blue', accepted: 'teal', withdrawn: 'gray', expired: 'gray' } as const;

export function Offers({ invoice }: { readonly invoice: Invoice }) {
  const pages = usePages(listDiscountOffers, { query: { documentId: invoice.id } });
  const withdraw = useCommand(withdrawDiscountOffer);
  const [accepting, setAccepting] = useState<Offer | null>(null);
  const rows = rowsOf(pages.data);
  if (rows.length === 0) return null;
  return (
    <Panel title="Offers">
      <Stack gap="sm">
        {rows.map((offer) => (
          <Group key={offer.offerId} justify="space-between" gap="xs">
            <div>
              <Group gap={6}>
                <Text size="sm" fw={550}>
                  {offer.apr} % a year
                </Text>
                <Badge size="sm" variant="light" color={COLORS[offer.state]}>
                  {offer.state}
                </Badge>
              </Group>
              <Text size="xs" c="dimmed" component="div">
                {offer.discount && offer.payOn ? (
                  <>
                    <Money value={offer.discount} /> less if paid by {dayWords(offer.payOn)}
                  </>
                ) : (
                  `until ${dayWords(offer.expiresOn)}`
                )}
              </Text>
            </div>
            {offer.state === 'open' ? (
              <Group gap="xs">
                {offer.may.accept === true ? (
                  <Button size="compact-sm" onClick={() => setAccepting(offer)}>
                    Accepted
                  </Button>
                ) : null}
                {offer.may.withdraw === true ? (
                  <ConfirmButton
                    label="Withdraw"
                    title="Withdraw this offer?"
                    says="It can then not be accepted any more. A new one can be made."
                    confirmLabel="Withdraw"
                    act={() => withdraw.mutateAsync({ params: { offerId: offer.offerId } })}
                  />
                ) : null}
              </Group>
            ) : null}
          </Group>
        ))}
      </Stack>
      {accepting ? <AcceptDialog offer={accepting} onClose={() => setAccepting(null)} /> : null}
    </Panel>
  );
}

function AcceptDialog({ offer, onClose }: { readonly offer: Offer; onClose(): void }) {
  const accept = useCommand(acceptDiscountOffer);
  const today = useRead(me).data?.today ?? '';
  const [chosen, setChosen] = useState('');
  const payOn = chosen || today;
  const { at, rest } = placeTrouble(accept.error, ['payOn'], {
    pay_day_not_valid: 'payOn',
    nothing_saved: 'payOn',
  });
  return (
    <FormDialog
      title="The customer accepted"
      opened
      onClose={onClose}
      onSubmit={() =>
        accept.mutate({ params: { offerId: offer.offerId }, body: { payOn } }, { onSuccess: onClose })
      }
      submitLabel="Fix the discount"
      busy={accept.isPending}
      problem={rest}
    >
      <DayField
        label="It pays by"
        required
        description={`Before ${dayWords(offer.dueOn)}; a payment after that day earns nothing`}
        value={payOn}
        onChange={setChosen}
        error={at('payOn')}
      />
    </FormDialog>
  );
}
