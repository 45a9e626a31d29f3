"""Which tests run on the same worker, one after the other, because they share what is dear to set up."""

from xdist.scheduler import LoadFileScheduling


class FilesTogether(LoadFileScheduling):
    """Keep a file's tests on one worker: they share its servers and its browser.

    A file that looks at everything in two sizes is two files here, since each size has a window of its own. (xdist's
    own groups are not used: with pytest 9.2 they are taken apart without a word, xdist issue 1386.)
    """

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return f"{file} on a phone" if nodeid.endswith("phone]") else file
