// What the page remembers while it is open: language and theme, where pages were scrolled to, which list one came from.
// Must not fail where the browser refuses to keep anything, as it may for a file.

export function kept(key: string): string | null {
  try {
    return sessionStorage.getItem(`juanping.${key}`);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): void {
  try {
    sessionStorage.setItem(`juanping.${key}`, value);
  } catch {
    // It then holds until the page is closed.
  }
}

/** A list at a fragment: how far it was scrolled, and its active row. */
export const lists = new Map<string, { top: number; active: number }>();

let isFollowed = false;

/** Whether a link was followed, which begins at the top; the way back ends where it began. */
export function followed(): boolean {
  return isFollowed;
}

export function setFollowed(is: boolean): void {
  isFollowed = is;
}

/** Goes to a fragment as by a link. */
export function follow(hash: string): void {
  if (location.hash === hash) return;
  isFollowed = true;
  location.hash = hash;
}
