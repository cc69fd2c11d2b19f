import { useEffect, useState } from "react";
import { givenToken } from "@/lib/manage-token";

/** The token that opens an announcement; another link pasted into the address bar changes it without a reload. */
export function useToken(id: string): [string | null, (token: string) => void] {
  const [token, setToken] = useState(() => givenToken(id));
  useEffect(() => {
    const changed = () => setToken(givenToken(id));
    window.addEventListener("hashchange", changed);
    return () => window.removeEventListener("hashchange", changed);
  }, [id]);
  return [token, setToken];
}
