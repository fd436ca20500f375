using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Messaging;

/// <summary>A race that another request won is a 409, whichever endpoint lost it.</summary>
internal sealed class ConflictHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not DbUpdateException update || !(update is DbUpdateConcurrencyException || update.IsUniqueViolation()))
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status409Conflict;
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            Exception = exception,
            ProblemDetails = { Status = StatusCodes.Status409Conflict, Detail = "Somebody else changed this at the same moment. Load it again and repeat the change." },
        });
        return true;
    }
}
