package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import org.jspecify.annotations.Nullable;

/** What Lambda tells a function about itself. */
record FunctionContext(String arn) implements Context {
    /** For a function that does not look at its own name. */
    FunctionContext() {
        this("arn:aws:lambda:eu-west-1:111122223333:function:function");
    }

    @Override
    public String getAwsRequestId() {
        return "9b1c2d3e-1111-2222-3333-444455556666";
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/" + getFunctionName();
    }

    @Override
    public String getLogStreamName() {
        return "2026/03/04/[1]0123456789abcdef";
    }

    @Override
    public String getFunctionName() {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    @Override
    public String getFunctionVersion() {
        return "1";
    }

    @Override
    public String getInvokedFunctionArn() {
        return arn;
    }

    @Override
    public @Nullable CognitoIdentity getIdentity() {
        return null;
    }

    @Override
    public @Nullable ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return 60_000;
    }

    @Override
    public int getMemoryLimitInMB() {
        return 512;
    }

    @Override
    public LambdaLogger getLogger() {
        return LambdaRuntime.getLogger();
    }
}
