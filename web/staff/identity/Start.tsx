// The first address: sends one to one's tenant, or to sign in.

import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { me as readMe } from '#identity/contract.ts';
import { useRead } from '../../lib/data.ts';
import { Empty, Shown } from '../../ui/Page.tsx';

export function Start() {
  const navigate = useNavigate();
  const me = useRead(readMe);
  const first = me.data?.tenants[0]?.slug;
  useEffect(() => {
    if (me.error?.status === 401) void navigate({ to: '/sign-in', search: {}, replace: true });
    else if (first !== undefined) void navigate({ to: `/${first}/dashboard` as never, replace: true });
  }, [first, me.error, navigate]);
  return (
    <main>
      <Shown read={me}>
        {() =>
          first === undefined ? (
            <Empty title="You are not a member of any tenant">
              Ask an owner to add you, then sign in again.
            </Empty>
          ) : null
        }
      </Shown>
    </main>
  );
}
