package io.greenlane.rehearsal.sts;

import io.greenlane.rehearsal.cloud.Account;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The STS API of the local cloud: every caller is the account's. */
public final class SimulatedSts implements StsClient {
    private final Account account;

    public SimulatedSts(Account account) {
        this.account = account;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
        return GetCallerIdentityResponse.builder().account(account.id()).userId("AIDALOCALCLOUD")
                .arn("arn:aws:iam::" + account.id() + ":user/rehearsal").build();
    }
}
