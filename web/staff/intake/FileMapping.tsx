// A file whose columns nobody knows yet: whether it is a statement of a bank or a payout report of a gateway, and then what its columns mean.

import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { CsvMapping } from './CsvMapping.tsx';
import { PayoutMapping } from './PayoutMapping.tsx';

export type MappingProps = {
  readonly file: File;
  readonly account: {
    readonly bankAccountId: string;
    readonly name: string;
    readonly account: string;
    readonly currency: string;
  };
  onKept(): void;
  onLeave(): void;
};

const KINDS = [
  { value: 'statement', label: 'A bank statement' },
  { value: 'payouts', label: 'A gateway’s payout report' },
];

export function FileMapping(props: MappingProps) {
  const [kind, setKind] = useState('statement');
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="What file it is"
        data={KINDS}
        value={kind}
        onChange={setKind}
        style={{ alignSelf: 'flex-start', maxWidth: '100%' }}
      />
      {kind === 'payouts' ? <PayoutMapping {...props} /> : <CsvMapping {...props} />}
    </Stack>
  );
}
