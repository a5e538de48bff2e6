// Saying once what the columns of a gateway's payout report mean, with each payout as it will be booked. It is kept for the gateway.

import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { keepPayoutColumns } from '#gateways/contract.ts';
import { lookAtPayoutReport } from '#intake/contract.ts';
import { useCommand, useUpload } from '../../lib/data.ts';
import { Panel, Trouble } from '../../ui/Page.tsx';
import type { MappingProps } from './FileMapping.tsx';
import { PayoutFields } from './PayoutFields.tsx';
import { PayoutPreview } from './PayoutPreview.tsx';
import { columnsOf, draftOf, type PayoutDraft, type PayoutLook } from './payout-draft.ts';

/** Keys are pressed faster than a file should be read. */
const PAUSE_MS = 300;

export function PayoutMapping({ file, account, onKept, onLeave }: MappingProps) {
  const looking = useUpload(lookAtPayoutReport);
  const keeping = useCommand(keepPayoutColumns);
  const [draft, setDraft] = useState<PayoutDraft | null>(null);
  const [gateway, setGateway] = useState(account.name);
  // The last look stays while the next is on its way, so that nothing one has open closes.
  const [look, setLook] = useState<PayoutLook | null>(null);
  const columns = draft && look ? columnsOf(draft, look.words, account) : undefined;
  const wish = columns
    ? { columns: JSON.stringify(columns) }
    : draft && draft.type !== ''
      ? { typeColumn: draft.type }
      : {};
  const written = JSON.stringify(wish);
  const [asked] = useDebouncedValue(written, PAUSE_MS);
  const { mutate } = looking;
  useEffect(() => {
    mutate(
      { input: { query: JSON.parse(asked) }, file, rehearse: true },
      {
        onSuccess: (found) => {
          setLook(found);
          setDraft((before) => before ?? draftOf(found));
        },
      },
    );
  }, [mutate, file, asked]);
  const change = (part: Partial<PayoutDraft>): void =>
    setDraft((before) => (before ? { ...before, ...part } : before));
  const isOfNow = asked === written && !looking.isPending && !looking.error;
  const isProved = columns !== undefined && look?.refusal === null && look.payoutCount > 0;
  return (
    <Panel title={`What the columns of ${file.name} mean`}>
      <Stack>
        <Text size="sm" c="dimmed">
          Said once, every report with these headings is read so from then on.
        </Text>
        {looking.error ? <Trouble problem={looking.error} /> : null}
        <TextInput
          label="Gateway"
          value={gateway}
          onChange={(event) => setGateway(event.currentTarget.value)}
          maxLength={100}
          w={{ base: '100%', xs: 280 }}
          withAsterisk
        />
        {draft && look ? <PayoutFields draft={draft} look={look} onChange={change} /> : null}
        {look ? (
          <PayoutPreview
            look={look}
            isSaid={columns !== undefined}
            onTurnFees={() => change({ isFeeNegative: !(draft?.isFeeNegative ?? false) })}
            onTurnTaken={() => change({ isTakenPositive: !(draft?.isTakenPositive ?? false) })}
          />
        ) : null}
        {keeping.error ? <Trouble problem={keeping.error} /> : null}
        <Group>
          <Button
            disabled={!(isOfNow && isProved) || gateway.trim() === ''}
            loading={keeping.isPending}
            onClick={() =>
              columns &&
              look &&
              keeping.mutate(
                { body: { gateway: gateway.trim(), headings: look.header, columns } },
                { onSuccess: () => onKept() },
              )
            }
          >
            Keep it and go on
          </Button>
          <Button variant="default" onClick={onLeave}>
            Leave it
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}
