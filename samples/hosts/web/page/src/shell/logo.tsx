// The sign over the shop.

export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect class="logo-ground" width="32" height="32" rx="9" />
      <path class="logo-lines" d={'M8 14l2-6h12l2 6M9 14v10h14V14M8 14a2.7 2.7 0 0 0 5.3 0' +
            ' 2.7 2.7 0 0 0 5.4 0 2.7 2.7 0 0 0 5.3 0M14 24v-5h4v5'} />
    </svg>
  );
}
