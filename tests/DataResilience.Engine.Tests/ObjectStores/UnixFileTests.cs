using DataResilience.Engine.ObjectStores;
using Microsoft.Win32.SafeHandles;

namespace DataResilience.Engine.Tests.ObjectStores;

public sealed class UnixFileTests
{
    [Fact]
    public void A_sync_that_fails_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no fsync.");

        // No file is open under this number, so that fsync answers EBADF; .NET's own flush would pass over it.
        using var closed = new SafeFileHandle(1_000_000, ownsHandle: false);

#pragma warning disable CA1416 // Skipped above where it is not supported.
        Assert.Throws<IOException>(() => UnixFile.Sync(closed, "/a/path"));
#pragma warning restore CA1416
    }
}
