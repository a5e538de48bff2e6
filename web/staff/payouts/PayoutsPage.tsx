// What gateways paid out: of what each payout is made, and by which line of the bank it arrived.

import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconBuildingBank, IconCreditCardPay } from '@tabler/icons-react';
import { listPayouts } from '#payouts/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import { rowsOf, usePages } from '../../lib/data.ts';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { PayoutCard } from './PayoutCard.tsx';
import { SaidColumns } from './SaidColumns.tsx';

const PARTS = [
  { value: 'on_its_way', label: 'On their way' },
  { value: 'arrived', label: 'Arrived' },
] as const;
type Part = (typeof PARTS)[number]['value'];

const NOTHING: Readonly<Record<Part, { readonly title: string; readonly says: string }>> = {
  on_its_way: {
    title: 'No payout is on its way',
    says: 'Hand in the payout report of a gateway on the bank page, as a file of the account you have there. What it sent stands here until the bank shows it.',
  },
  arrived: { title: 'No payout arrived yet', says: 'A payout arrives by the line of a bank statement.' },
};

export default function PayoutsPage() {
  const [search, setSearch] = useAddress();
  const go = useGo();
  const part = PARTS.find(({ value }) => value === search.part)?.value ?? 'on_its_way';
  return (
    <Page
      title="Payouts"
      subtitle="What gateways sent to the bank: payments of customers in one sum, less fees and what was taken back."
      actions={
        <Button
          variant="default"
          leftSection={<IconBuildingBank size={16} aria-hidden />}
          onClick={() => go('bank')}
        >
          Hand in a report
        </Button>
      }
    >
      <Group>
        <SegmentedControl
          aria-label="Which payouts"
          data={[...PARTS]}
          value={part}
          onChange={(value) => setSearch({ part: value === 'on_its_way' ? '' : value })}
        />
      </Group>
      <Payouts key={part} part={part} />
      <SaidColumns />
    </Page>
  );
}

function Payouts({ part }: { readonly part: Part }) {
  const pages = usePages(listPayouts, { query: { state: part } });
  const rows = rowsOf(pages.data);
  return (
    <Shown read={pages}>
      {() =>
        rows.length === 0 ? (
          <Panel>
            <Empty icon={<IconCreditCardPay size={36} stroke={1.4} />} title={NOTHING[part].title}>
              {NOTHING[part].says}
            </Empty>
          </Panel>
        ) : (
          <Stack>
            {rows.map((row) => (
              <PayoutCard key={row.gatewayLineId} payout={row} />
            ))}
            {pages.hasNextPage ? (
              <ShowMore pages={pages} />
            ) : (
              <Text size="xs" c="dimmed">
                That is all.
              </Text>
            )}
          </Stack>
        )
      }
    </Shown>
  );
}
