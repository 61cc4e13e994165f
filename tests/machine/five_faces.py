"""Looks at a photograph of the panel (PPM).

    five_faces.py FILE            whether it shows the question: five faces of five colours on a bright ground
    five_faces.py --thanks FILE   whether it shows the thank-you: its green disc in the middle
"""
import colorsys
import sys


def read_ppm(path):
    with open(path, "rb") as file:
        kind, width, height, most = file.readline().strip(), *map(int, file.readline().split()), int(file.readline())
        assert kind == b"P6" and most == 255, "not a PPM"
        return width, height, file.read()


def hue_of_column(width, height, pixels, column):
    """The hue (degrees) that most coloured pixels of a face have, and how many there are."""
    hues = {}
    for y in range(height * 30 // 100, height * 75 // 100, 2):
        for x in range(width * column // 5, width * (column + 1) // 5, 2):
            at = 3 * (y * width + x)
            hue, lightness, saturation = colorsys.rgb_to_hls(*(value / 255 for value in pixels[at : at + 3]))
            if saturation > 0.25 and 0.15 < lightness < 0.85:
                hues[round(hue * 36)] = hues.get(round(hue * 36), 0) + 1
    return max(hues.items(), key=lambda entry: entry[1]) if hues else (None, 0)


def is_thanks(width, height, pixels):
    """The disc beside its tick, and the ground beside the disc."""

    def at(x, y):
        index = 3 * (height * y // 800 * width + width * x // 1280)
        return tuple(pixels[index : index + 3])

    disc, ground = at(600, 263), at(500, 263)
    return disc[0] < 100 < disc[1] and disc[2] > 100 and min(ground) > 220


def main():
    width, height, pixels = read_ppm(sys.argv[-1])
    if sys.argv[1] == "--thanks":
        sys.exit(0 if is_thanks(width, height, pixels) else "no thank-you")
    faces = [hue_of_column(width, height, pixels, column) for column in range(5)]
    print("hues and pixels of the five columns:", faces)
    if any(count < width * height // 1000 for _, count in faces):
        sys.exit("a column has no face")
    if len({hue for hue, _ in faces}) < 4:
        sys.exit("the faces do not differ in colour")


main()
