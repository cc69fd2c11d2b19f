import { preparePhoto } from "@/lib/photo";

/** A photo that a person chose, on its way to the form it is sent in. */
export interface ChosenPhoto {
  prepared: Promise<Blob>;
}

export const choosePhoto = (file: File): ChosenPhoto => ({ prepared: preparePhoto(file) });
